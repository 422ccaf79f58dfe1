/** `1,204`; whole numbers with commas, the same in every locale. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1,204 events`, `1 event`; nouns that take an s. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** A count that may be unknown: `-`. Zero is `0`. */
export const countOr = (value: number | null | undefined): string => (value === null || value === undefined ? '-' : count(value));

/** A number with that many decimals and commas: `7,184.20`. */
export function decimal(value: number, digits: number): string {
  const [whole = '0', rest] = Math.abs(value).toFixed(digits).split('.');
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? '-' : '';
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${rest}` : ''}`;
}

/** What a baseline expects: whole from ten up, else with as many decimals as tell something. `0.02`, `2.5`, `61`, `-` when unknown. */
export function expected(value: number | null | undefined): string {
  if (value === null || value === undefined) return '-';
  if (value === 0 || value >= 10) return count(value);
  if (value >= 1) return decimal(value, Number.isInteger(value) ? 0 : 1);
  return value < 0.0005 ? '<0.001' : String(Number(value.toPrecision(1)));
}

/** How many times as much: `6.6x`, `38x`. */
export const multiple = (ratio: number): string => `${ratio >= 10 ? count(ratio) : decimal(ratio, 1)}x`;

/** `7,184.20 USD` */
export const money = (amount: number, currency: string): string => `${decimal(amount, 2)} ${currency}`;

/** Share of a whole, `0.4 %`. */
export const percent = (part: number, whole: number): string => (whole === 0 ? '0 %' : `${decimal((100 * part) / whole, 1)} %`);

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size in the unit that keeps it short: `212 KiB`, `1.9 GiB`. Steps of 1,024. */
export function bytes(size: number): string {
  let value = size;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit += 1) value /= 1024;
  return `${unit > 0 && value < 10 ? decimal(value, 1) : count(value)} ${units[unit]}`;
}

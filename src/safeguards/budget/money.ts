/** Money in pico-units, 10^-12 of a unit of the currency: one token at 0.15 USD a million is 150,000 of them. */
export type Pico = bigint;

const digits = 12;
export const picosPerUnit: Pico = 10n ** BigInt(digits);

/** Amounts of 10^24 units and more are refused: no budget is that large, and an exponent must not fill the memory. */
const maxWholeDigits = 24;
const maxTextLength = 64;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

export type ParsedMoney = { ok: true; pico: Pico } | { ok: false; reason: string };
const refused = (reason: string): ParsedMoney => ({ ok: false, reason });

/**
 * Reads an amount: a decimal string (sign, point and exponent allowed) or a finite number, without going through
 * binary fractions. A number stands for its shortest decimal spelling, so 0.1 is one tenth. Digits beyond the twelfth
 * place are rounded half to even; an amount that would round to nothing is refused, as is everything that is no
 * amount: it must never pass for 0.
 */
export function parseMoney(value: unknown): ParsedMoney {
  if (value === undefined || value === null) return refused('amount is missing');
  if (typeof value === 'number') {
    return Number.isFinite(value) ? parseDecimal(String(value)) : refused(`amount is ${value}`);
  }
  if (typeof value !== 'string') return refused(`amount is of type ${Array.isArray(value) ? 'array' : typeof value}`);
  const text = value.trim();
  if (text === '') return refused('amount is empty');
  if (text.length > maxTextLength) return refused('amount is longer than 64 characters');
  return parseDecimal(text);
}

function parseDecimal(text: string): ParsedMoney {
  const found = decimal.exec(text);
  const [, sign, whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (!found || whole.length + fraction.length === 0) return refused(`amount ${JSON.stringify(text)} is not a number`);
  const mantissa = BigInt(whole + fraction);
  if (mantissa === 0n) return { ok: true, pico: 0n };
  // mantissa * 10^shift is the amount in pico-units.
  const shift = Number(exponent) - fraction.length + digits;
  if (String(mantissa).length + shift > maxWholeDigits + digits) return refused(`amount ${text} is too large`);
  const pico = shift >= 0 ? mantissa * 10n ** BigInt(shift) : halfEven(mantissa, -shift);
  if (pico === 0n) return refused(`amount ${text} is finer than a pico-unit`);
  return { ok: true, pico: sign === '-' ? -pico : pico };
}

/** mantissa / 10^places, rounded half to even. */
function halfEven(mantissa: bigint, places: number): bigint {
  if (places > maxTextLength + digits) return 0n;
  const divisor = 10n ** BigInt(places);
  const quotient = mantissa / divisor;
  const twice = 2n * (mantissa % divisor);
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** The exact decimal string, without trailing zeros: `5240.8`, `-0.00000015`. */
export function writePico(pico: Pico): string {
  const size = pico < 0n ? -pico : pico;
  const fraction = String(size % picosPerUnit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${pico < 0n ? '-' : ''}${size / picosPerUnit}${fraction && `.${fraction}`}`;
}

/** The nearest double, in units of the currency. */
export function picoToUnits(pico: Pico): number {
  // Below 2^53 one division of two exact numbers is correctly rounded; above it the decimal string is.
  const size = Number(pico);
  return Number.isSafeInteger(size) ? size / 1e12 : Number(writePico(pico));
}

/** The pico-units nearest to an estimate in units; estimates only, records go through `parseMoney`. */
export function picoOfEstimate(units: number): Pico {
  const parsed = parseMoney(Number(units.toPrecision(15)));
  return parsed.ok ? parsed.pico : 0n;
}

/** With thousands separators and so many decimals, half away from zero: `12,000.00`. */
export function formatMoney(pico: Pico, decimals = 2): string {
  const unit = 10n ** BigInt(digits - decimals);
  const size = pico < 0n ? -pico : pico;
  const rounded = (size + unit / 2n) / unit;
  const text = String(rounded).padStart(decimals + 1, '0');
  const whole = text.slice(0, text.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = pico < 0n && rounded > 0n ? '-' : '';
  return `${sign}${whole}${decimals > 0 ? `.${text.slice(-decimals)}` : ''}`;
}

/** Decimals people expect: none for counted things such as tokens, two for ISO 4217 codes (JPY and KRW have none). */
export function countDecimals(currency: string): number {
  return /^[A-Z]{3}$/.test(currency) && !['JPY', 'KRW', 'VND', 'CLP', 'ISK'].includes(currency) ? 2 : 0;
}

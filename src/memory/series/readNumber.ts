/** What a number counts. */
export type NumberKind = 'integer' | 'decimal' | 'duration' | 'size';

/** A number as it stood in a line: durations in milliseconds, sizes in bytes. */
export interface NumberAt {
  value: number;
  kind: NumberKind;
}

/** Milliseconds of a unit of time. */
const durations: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  msec: 1,
  msecs: 1,
  millis: 1,
  milliseconds: 1,
  microseconds: 1e-3,
  s: 1e3,
  sec: 1e3,
  secs: 1e3,
  second: 1e3,
  seconds: 1e3,
  min: 6e4,
  mins: 6e4,
  minute: 6e4,
  minutes: 6e4,
  h: 36e5,
  hr: 36e5,
  hrs: 36e5,
  hour: 36e5,
  hours: 36e5,
};
/** Bytes of a unit of size; those of 1,000 and of 1,024 are told apart nowhere in logs. */
const sizes: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1024,
  kib: 1024,
  mb: 1024 ** 2,
  mib: 1024 ** 2,
  gb: 1024 ** 3,
  gib: 1024 ** 3,
  tb: 1024 ** 4,
  tib: 1024 ** 4,
};

const shape = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(\.\d{1,9})?(?: ?([a-zA-Zµμ]{1,12}))?%?$/;

/** The number that a value of a line is, with its unit (`12`, `1,204`, `0.8s`, `64 MB`); null when it is none, or several. */
export function readNumber(text: string): NumberAt | null {
  const match = shape.exec(text);
  if (match === null) return null;
  const [, sign, whole, fraction = '', unit] = match;
  const value = Number(whole!.replaceAll(',', '') + fraction) * (sign === '-' ? -1 : 1);
  if (unit === undefined) return { value, kind: fraction === '' ? 'integer' : 'decimal' };
  const name = unit.toLowerCase();
  if (Object.hasOwn(durations, name)) return { value: value * durations[name]!, kind: 'duration' };
  return Object.hasOwn(sizes, name) ? { value: value * sizes[name]!, kind: 'size' } : null;
}

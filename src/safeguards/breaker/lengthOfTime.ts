const units: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** A length of time for a sentence, in one unit, to a tenth: `30s`, `1.5h`, `240ms`. */
export function lengthOfTime(ms: number): string {
  const [unit, size] = units.find(([, length]) => ms >= length) ?? ['ms', 1];
  return `${Math.round((10 * ms) / size) / 10}${unit}`;
}

/**
 * Returns the value when it is a finite number that satisfies the rule.
 *
 * Anything else (a string, null, NaN, an infinity, a number out of range) is the same kind of mistake to the caller:
 * a limit that cannot be judged must never pass for one that was judged and held.
 *
 * @param name the parameter as the caller wrote it; the message starts with it
 * @param rule what the number must satisfy, and the same in words
 * Throws a RangeError that names it.
 */
export function requireFinite(name: string, value: unknown, rule?: { holds: (n: number) => boolean; words: string }): number {
  if (typeof value !== 'number') throw new RangeError(`${name} must be a number, got ${describeKind(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`);
  if (rule && !rule.holds(value)) throw new RangeError(`${name} must be ${rule.words}, got ${value}`);
  return value;
}

export const notNegative = { holds: (n: number) => n >= 0, words: '0 or more' };
export const positive = { holds: (n: number) => n > 0, words: 'greater than 0' };

/** Names the type only: printing a hostile value could itself throw, or carry escape sequences into a log. */
function describeKind(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

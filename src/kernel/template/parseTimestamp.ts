/** Ends with a zone: Z, UTC, GMT, or an offset such as +01:00. */
const zoned = /(?:z|utc|gmt|[+-]\d\d:?\d\d)$/i;
const iso = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d|$)/i;
const numeric = /^-?\d+(?:\.\d+)?$/;
/** Numbers below this are seconds since 1970, as milliseconds they would lie before 1973; above, milliseconds. */
const SECONDS_BELOW = 1e11;
/** Farthest time a Date can hold, milliseconds. */
const FARTHEST = 8.64e15;

/**
 * Milliseconds since 1970 of a written time: ISO 8601, a date of the forms Date.parse knows, or a number of seconds or
 * milliseconds. Without a zone it is UTC, whatever the zone of the machine. Null when it is no date.
 */
export function parseTimestamp(text: string): number | null {
  const trimmed = text.trim();
  if (numeric.test(trimmed)) {
    const value = Number(trimmed);
    const ms = Math.abs(value) < SECONDS_BELOW ? value * 1000 : value;
    return Math.abs(ms) <= FARTHEST ? Math.round(ms) : null;
  }
  const time = Date.parse(zoned.test(trimmed) ? trimmed : inUtc(trimmed));
  return Number.isNaN(time) ? null : time;
}

function inUtc(text: string): string {
  if (!iso.test(text)) return `${text} UTC`;
  return text.length === 10 ? text : `${text.replace(' ', 'T')}Z`;
}

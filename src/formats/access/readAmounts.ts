import type { RequestLine } from './requestLine.ts';

/** What an answer weighed and how long it took. */
export interface Amounts {
  bytes?: number;
  duration_ms?: number;
}

/** The size stands behind the status, as a number by itself (common log format, `%>s %b`). */
const sizeBehindStatus = /HTTP\/\d(?:\.\d)?"\s+[1-5]\d\d\s+(\d{1,15})(?=\s|$)(?!\s+(?:ms|msecs?|[un]?s|seconds?)\b)/;
const sizeInWords = /\b(\d{1,15}) ?(?:b|bytes)\b/i;
/** A time with its unit; without one a number may be anything. */
const timeWithUnit = /(?:^|[\s|(=:])(\d{1,9}(?:\.\d{1,9})?) ?(ns|[uµμ]s|ms|msecs?|s|secs?|seconds?)\b/;
/** Milliseconds. */
const units: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, msec: 1, msecs: 1 };

/** Size and duration of an answer, from what stands around its request; quoted parts (clients, referrers) are left out. */
export function readAmounts(text: string, { start, end }: RequestLine): Amounts {
  const rest = text.slice(end);
  const around = `${text.slice(0, start)} ${rest}`.replaceAll(/"[^"]*"/g, ' ');
  const size = sizeBehindStatus.exec(rest) ?? sizeInWords.exec(rest);
  const time = timeWithUnit.exec(around);
  const unit = time === null ? 0 : (units[time[2]!.replace(/[µμ]/, 'u')] ?? 1000);
  return { ...(size && { bytes: Number(size[1]) }), ...(time && { duration_ms: Number((Number(time[1]) * unit).toPrecision(6)) }) };
}

import { isDigit } from '../time/stamp.ts';
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
  const size = sizeBehindStatus.exec(rest) ?? sizeInWords.exec(rest);
  const around = mayHoldTime(text, start, end) ? `${text.slice(0, start)} ${rest}`.replaceAll(/"[^"]*"/g, ' ') : '';
  const time = around === '' ? null : timeWithUnit.exec(around);
  const amounts: Amounts = {};
  if (size) amounts.bytes = Number(size[1]);
  if (time) {
    const unit = units[time[2]!.replace(/[µμ]/, 'u')] ?? 1000;
    amounts.duration_ms = Number((Number(time[1]) * unit).toPrecision(6));
  }
  return amounts;
}

/**
 * Whether, outside of quotes and of the request, a digit stands in front of the first letter of a unit, or of what may hide
 * one: most lines have none, and need no expression.
 */
function mayHoldTime(text: string, start: number, end: number): boolean {
  for (let at = 0; at < text.length; at++) {
    if (at === start) at = end;
    const code = text.charCodeAt(at);
    if (code === 34) {
      const close = text.indexOf('"', at + 1);
      // A quote of the request itself is none of what is around it.
      at = close >= start && close < end ? text.indexOf('"', end) : close;
      if (at < 0) return true;
    } else if (isDigit(code)) {
      const behind = text.charCodeAt(at + 1);
      if (at + 1 === start || behind === 34 || isUnit(behind === 32 ? text.charCodeAt(at + 2) : behind)) return true;
    }
  }
  return false;
}

/** `n`, `u`, `m`, `s`, and the two signs for millionths. */
const isUnit = (code: number): boolean => code === 110 || code === 117 || code === 109 || code === 115 || code === 0xb5 || code === 0x3bc;

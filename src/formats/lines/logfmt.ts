import type { JsonObject } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';

const maxPairs = 200;

/** Index behind the key at `at`, which a `=` must follow; -1 when there is none. */
function keyEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 61) return end > at ? end : -1;
    if (code <= 32 || code === 34) return -1;
    end += 1;
  }
  return -1;
}

/** Index of the quote, single or double, that closes the one at `at`; -1 when none does. */
function quoteEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i += 1;
    else if (code === quote) return i;
  }
  return -1;
}

/** A single quote with its other end in front of a blank: by itself it may be an apostrophe. */
function isSingle(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 39) return false;
  const close = quoteEnd(text, at);
  return close > 0 && (close + 1 >= text.length || text.charCodeAt(close + 1) <= 32);
}

const unescaped = (text: string) =>
  text.includes('\\') ? text.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === 't' ? '\t' : sign)) : text;

/** `level=info msg="up and running" port=80` as an object; null when the text is anything else. */
export function parseLogfmt(text: string): JsonObject | null {
  const record: JsonObject = {};
  let at = 0;
  for (let pairs = 0; at < text.length; pairs++) {
    const equals = keyEnd(text, at);
    if (equals < 0 || pairs >= maxPairs) return null;
    const key = text.slice(at, equals);
    const quoted = text.charCodeAt(equals + 1) === 34 || isSingle(text, equals + 1);
    const close = quoted ? quoteEnd(text, equals + 1) : -1;
    if (quoted && close < 0) return null;
    let end = quoted ? close + 1 : equals + 1;
    while (end < text.length && text.charCodeAt(end) > 32) end += 1;
    setOwn(record, key, quoted && end === close + 1 ? unescaped(text.slice(equals + 2, close)) : text.slice(equals + 1, end));
    at = end;
    while (text.charCodeAt(at) <= 32) at += 1;
  }
  return record;
}

/** Whether the body begins with a pair and has a message at the beginning of one. */
function hasMessagePair(body: string, first: number): boolean {
  if (first < 1 || first > 64) return false;
  const blank = body.search(/\s/);
  if (blank >= 0 && blank < first) return false;
  return /(?:^|\s)(?:msg|message|event|logdesc)=/.test(body);
}

/** The pairs of a body in logfmt that has a message among them; null for any other. `first`: index of its first equals sign. */
export function logfmtRecord(body: string, first: number): JsonObject | null {
  if (!hasMessagePair(body, first)) return null;
  const record = parseLogfmt(body);
  // `msg=audit(1717408800.123:8812):` is a stamp, and no message.
  return record === null ||
    Object.entries(record).some(([key, value]) => /^(?:msg|message)$/.test(key) && /\(\d+\.\d+:\d+\):?$/.test(String(value)))
    ? null
    : record;
}

const leastPairs = 4;

/** The pairs of a body that is nothing else, at least four of them; null for any other. */
export function readPairs(body: string, first: number): JsonObject | null {
  if (first > 64 || body.lastIndexOf(' ', first) >= 0) return null;
  const record = parseLogfmt(body);
  return record !== null && Object.keys(record).length >= leastPairs ? record : null;
}

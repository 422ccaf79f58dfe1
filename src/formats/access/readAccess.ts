import { isLetterCode } from '../header/headerCursor.ts';
import { readAmounts, type Amounts } from './readAmounts.ts';
import { findRequest, type RequestLine } from './requestLine.ts';

/** What an access line says of a request and its answer. */
export interface Access extends Amounts {
  /** Missing, as the path, where the client sent something else. */
  method?: string;
  path?: string;
  status: number;
}

/** Plain words that may stand before the request: a tag, a user, `Request finished`. More of them are a sentence about one. */
const wordsBefore = 3;
/** Characters in front of a request that are looked at. */
const longestFront = 400;

/** Behind the version, the bar or the bracket: `HTTP/1.1" 502`, `(HTTP/1.1 200)`. */
const behindVersion = /HTTP\/\d(?:\.\d)?["')]?\s+([1-5]\d\d)(?![\w.:/-])/;
/** A number of three digits by itself and without a unit. */
const bare =
  /(?:^|[\s|([="'>:])([1-5]\d\d)(?=$|[\s|)\],;"'])(?!\s+(?:[kmg]?b|bytes?|ms|msecs?|[un]s|s|secs?|seconds?|millis\w*|micros\w*|times|rows)\b)/i;
/** Directly behind a request without a version: marks, and words that announce an answer. */
const next =
  /^[\s|()[\]"'=:>,–-]*(?:(?:status|code|responded|returned|answered|completed|with|in|HTTP\/[\d.]+)[\s=:"'(]*)*([1-5]\d\d)(?=$|[\s|)\],;"'])(?!\s+(?:[kmg]?b|bytes?|ms|msecs?|[un]s|s|secs?|seconds?)\b)/i;

/**
 * Method, path and status of an access line, with size and duration where they show, in whatever order it has them: a request, `METHOD target HTTP/x` as a rule in
 * quotes, and the status behind it, else before it (proxies write it in front). null for lines that merely mention a request.
 * @param from index behind the header of the line, whose words are no sentence
 */
export function readAccess(text: string, from = 0): Access | null {
  const request = findRequest(text);
  if (request === null) return brokenRequest(text);
  if (isProse(text, from, request.start)) return null;
  const status = readStatus(text, request);
  return status === 0 ? null : { method: request.method, path: request.target, status, ...readAmounts(text, request) };
}

/** What a client sent that is no request, in the place of one: `[03/Jun/2024:10:00:03 +0000] "\\x16\\x03" 400 157`. */
const broken = /\] "((?:[^"\\]|\\.)*)" ([1-5]\d\d) (\d{1,15}|-)(?=\s|$)/;

function brokenRequest(text: string): Access | null {
  if (!text.includes('] "')) return null;
  const found = broken.exec(text.slice(0, 4096));
  if (found === null) return null;
  const bytes = found[3] === '-' ? {} : { bytes: Number(found[3]) };
  return { status: Number(found[2]), ...bytes };
}

function readStatus(text: string, { start, end }: RequestLine): number {
  const rest = text.slice(end, end + longestFront);
  // The request is in quotes that end behind its version.
  const versioned = /^\s*HTTP\/\d/.test(rest) || /\bHTTP\/\d(?:\.\d)? ?$/.test(text.slice(Math.max(0, start - 12), start));
  const front = text.slice(Math.max(0, start - longestFront), start);
  const found =
    behindVersion.exec(rest) ??
    known(next.exec(rest)) ??
    (versioned ? bare.exec(withoutQuotes(rest)) : null) ??
    inFront(front, versioned) ??
    known(columns.exec(rest));
  return found === null ? 0 : Number(found[1]);
}

/** The last columns of a line that are nothing but numbers: `curl/8 - 502 0 0 312`. */
const columns = /\s([1-5]\d\d)(?:\s\d+){1,4}$/;

/** Status codes that answers have (RFC 9110, 15; proxies add some): a port (443) or a size may stand where one would. */
const known = (found: RegExpExecArray | null): RegExpExecArray | null => {
  const code = Number(found?.[1]);
  const [last, most] = [code % 100, [8, 26, 8, 31, 30][Math.floor(code / 100) - 1] ?? -1];
  return found !== null && (last <= most || code === 440 || code === 444 || (code > 448 && code < 500)) ? found : null;
};

/** In front of a request in quotes, parted from it by bars, behind what a cache did (`TCP_MISS/502`), or right before the method. */
const inFront = (front: string, versioned: boolean) =>
  /[A-Z]_[A-Z_]*\/([1-5]\d\d)(?=\s)/.exec(front) ??
  (versioned || front.includes('|') ? bare.exec(front) : null) ??
  known(/(?:^|[\])] )([1-5]\d\d) $/.exec(front));

/** Clients and referrers, in quotes, hold any number. */
const withoutQuotes = (rest: string) => rest.replace(/^[^"]*"/, '').replaceAll(/"[^"]*"/g, '');

/** Whether more plain words than a header has stand before the request, not counting what is in brackets. */
function isProse(text: string, bodyAt: number, start: number): boolean {
  const from = Math.max(bodyAt < start ? bodyAt : 0, start - longestFront);
  if (wordStarts(text, from, start) <= wordsBefore) return false;
  const front = text.slice(from, start).replaceAll(/\[[^\]]*\]|\{[^}]*\}|\([^)]*\)|"[^"]*"/g, ' ');
  return (front.match(/(?:^|\s)[A-Za-z]{2,}[,:;]?(?=\s|$)/g)?.length ?? 0) > wordsBefore;
}

/** How many words begin at most in a part, behind a blank or behind what may be left out: few in front of most requests. */
function wordStarts(text: string, from: number, to: number): number {
  let count = 0;
  let before = 32;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isLetterCode(code) && (before <= 32 || before >= 128 || before === 93 || before === 125 || before === 41 || before === 34))
      count += 1;
    before = code;
  }
  return count;
}

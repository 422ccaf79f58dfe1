/** A request as a line names it: `GET /orders/17?page=2`. */
export interface RequestLine {
  method: string;
  target: string;
  /** Index of the method, and the one behind the target and the quote that closes it. */
  start: number;
  end: number;
}

/** Methods of HTTP (RFC 9110, 9; RFC 5789) and of WebDAV (RFC 4918), which access logs hold too. */
export const methods: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT SEARCH'.split(' '),
);

const longestMethod = 9;
const slash = 47;
const space = 32;
const quote = 34;
const bar = 124;

/** What stands between a method and its target: blanks, a quote, the bar of a table. */
const isBetween = (code: number) => code === space || code === quote || code === bar;
const isCapital = (code: number) => code >= 65 && code <= 90;
const isWordCode = (code: number) => isCapital(code) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;

/**
 * The first request in a text: a method, and behind it a target that is a path or a URL, in quotes or not. Asked of every
 * line: it looks at slashes only, and at what stands before each.
 */
export function findRequest(text: string): RequestLine | null {
  for (let at = text.indexOf('/'); at >= 0; at = text.indexOf('/', at + 1)) {
    const from = targetStart(text, at);
    if (from < 2) continue;
    let wordEnd = from;
    while (wordEnd > 0 && isBetween(text.charCodeAt(wordEnd - 1))) wordEnd -= 1;
    if (wordEnd === from || !isCapital(text.charCodeAt(wordEnd - 1))) continue;
    let start = wordEnd;
    while (start > 0 && wordEnd - start <= longestMethod && isCapital(text.charCodeAt(start - 1))) start -= 1;
    if ((start > 0 && isWordCode(text.charCodeAt(start - 1))) || !methods.has(text.slice(start, wordEnd))) continue;
    const end = targetEnd(text, from);
    return {
      method: text.slice(start, wordEnd),
      target: text.slice(from, end),
      start,
      end: text.charCodeAt(end) === quote ? end + 1 : end,
    };
  }
  return null;
}

/** Where the target begins whose first slash is at `at`: there, or at its scheme; -1 when the slash begins none. */
function targetStart(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  if (before === space || before === quote) return at;
  if (before !== 58 || text.charCodeAt(at + 1) !== slash) return -1;
  for (const scheme of ['http', 'https', 'ws', 'wss']) {
    const from = at - 1 - scheme.length;
    if (text.startsWith(scheme, from) && !isWordCode(text.charCodeAt(from - 1))) return from;
  }
  return -1;
}

function targetEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) > space && text.charCodeAt(end) !== quote) end += 1;
  return end;
}

import { allUpper, closing, isCodeLike, skipBlanks, wordEnd } from './words.ts';

/** A place in a line where its stamp may stand. */
export interface Place {
  /** What the place is called in every line: `start`, `b0` (behind the first word of the bracket at the start), `[` (in square brackets), `t3` (the fourth token), `tab2` (behind the second tab), `k:time` (a key), `c0` (behind a colon in a token). */
  name: string;
  /** Where the stamp would begin. */
  at: number;
  /** Where what stands in front of it ends: the bracket around it, or its token. */
  from: number;
  /** Index of the bracket it stands in, which may hold more; -1 when there is none. */
  open: number;
  /** Whether only codes, brackets and numbers stand in front. */
  codes: boolean;
  /** And few of them. */
  shallow: boolean;
}

/** No stamp stands behind more tokens or characters than these. */
const maxTokens = 24;
const maxChars = 600;
/** A header has at most this many tokens in front of its stamp. */
const shallowTokens = 5;

/** `[ ( < { # * = " |`: signs in front of a stamp. */
const signs = new Uint8Array(128);
for (const sign of '[(<{#*="|') signs[sign.charCodeAt(0)] = 1;
const isOpener = (code: number) => code === 91 || code === 40 || code === 60 || code === 123;

/** Index behind the signs at `at`, at most eight. */
export function skipSigns(text: string, at: number): number {
  let next = at;
  while (next < at + 8 && signs[text.charCodeAt(next)] === 1) next += 1;
  // Blanks inside a bracket: `[   2024-05-01 ...]`.
  return next > at && isOpener(text.charCodeAt(next - 1)) ? skipBlanks(text, next) : next;
}

const timeKey = /^(?:time|date|timestamp|datetime|started)\s?[:=]\s*/i;

/** Index behind the signs at `at`, and behind a name for the time (`# Time: 2024-05-01...`). */
export function skipToStamp(text: string, at: number): number {
  const next = skipBlanks(text, skipSigns(text, at));
  const code = text.charCodeAt(next) | 32;
  // Most lines end here: the names begin with two letters only.
  if (code !== 116 && code !== 100 && code !== 115) return skipSigns(text, at);
  const found = timeKey.exec(text.slice(next, next + 14));
  return found ? next + found[0].length : skipSigns(text, at);
}

/** Where the bracket that opens right before `at` stands; -1 when there is none. */
const opener = (text: string, at: number): number => {
  let before = at - 1;
  while (text.charCodeAt(before) === 32) before -= 1;
  return isOpener(text.charCodeAt(before)) ? before : -1;
};

/** Index behind the token at `at`: a bracket and what is in it, a quoted text, or a word. */
function tokenEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (isOpener(code)) {
    const close = closing(text, at);
    if (close >= 0) return close + 1;
  } else if (code === 34) {
    const close = text.indexOf('"', at + 1);
    if (close >= 0) return close + 1;
  }
  return wordEnd(text, at);
}

/** Whether a stamp can begin with this character. */
export const mayBegin = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 64 && code <= 90) || (code >= 97 && code <= 122) || code >= 192;

/**
 * The places of a line behind its start, in order; stops when `visit` says true. Tokens are words, brackets and quoted texts,
 * so that a thread of two words or a browser's name counts as one.
 */
export function eachPlace(text: string, start: number, visit: (place: Place) => boolean): void {
  const place: Place = { name: '', at: 0, from: 0, open: -1, codes: true, shallow: true };
  let codes = true;
  let at = start;
  let tabs = 0;
  for (let token = 0; token < maxTokens && at < text.length && at < start + maxChars; token++) {
    const end = tokenEnd(text, at);
    place.codes = codes;
    place.shallow = codes && token <= shallowTokens;
    place.from = at;
    if (token > 0 && text.charCodeAt(at - 1) === 9) {
      tabs += 1;
      if (tryColumn(text, at, tabs, place, visit)) return;
    }
    if (token > 0 && tryToken(text, at, token, place, visit)) return;
    if (tryInside(text, at, end, token, place, visit)) return;
    if (codes && !isOpener(text.charCodeAt(at))) codes = isCodeLike(text, at, end) || end === at + 1;
    at = skipBlanks(text, end);
    // Separators between tokens are none.
    while (at < text.length && (text.charCodeAt(at) === 124 || (text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === 32)))
      at = skipBlanks(text, at + 1);
  }
}

/** `ERROR[06-03|10:00:02.123]`: a bracket glued to a word in capitals. */
function tryGlued(text: string, at: number, open: number, place: Place, visit: (place: Place) => boolean): boolean {
  if (!mayBegin(text.charCodeAt(open + 1)) || !allUpper(text, at, open)) return false;
  const { open: before, from } = place;
  place.at = open + 1;
  place.open = place.from = open;
  place.name = '[';
  const done = visit(place);
  place.open = before;
  place.from = from;
  return done;
}

/** A column between tabs: what stands in front of it are columns, too, whatever is in them. */
function tryColumn(text: string, at: number, tabs: number, place: Place, visit: (place: Place) => boolean): boolean {
  const { codes, shallow } = place;
  place.codes = place.shallow = true;
  place.at = at;
  place.open = -1;
  place.name = `tab${tabs}`;
  const done = tabs <= shallowTokens && mayBegin(text.charCodeAt(at)) && visit(place);
  if (!done) Object.assign(place, { codes, shallow });
  return done;
}

function tryToken(text: string, at: number, token: number, place: Place, visit: (place: Place) => boolean): boolean {
  place.at = skipSigns(text, at);
  if (!mayBegin(text.charCodeAt(place.at))) return false;
  place.open = opener(text, place.at);
  place.name = place.open >= 0 && text.charCodeAt(place.open) === 91 ? '[' : `t${token}`;
  return visit(place);
}

/** Stamps inside a token: behind a key (`time=`, `msg=audit(`), a colon (`4711:20240603:100000`), or a letter in a bracket (`[I 10:00:00`). */
function tryInside(text: string, at: number, end: number, token: number, place: Place, visit: (place: Place) => boolean): boolean {
  const stop = Math.min(end, at + 120);
  const first = text.charCodeAt(at);
  place.open = isOpener(first) ? at : -1;
  if (place.open >= 0 && token === 0) {
    const next = skipBlanks(text, wordEnd(text, skipBlanks(text, at + 1)));
    if (next < end && next - at <= 12) {
      place.at = next;
      place.name = 'b0';
      if (visit(place)) return true;
    }
  }
  for (let i = at + 1; i < stop - 5; i++) {
    const code = text.charCodeAt(i);
    if (code !== 61 && code !== 58 && code !== 40 && code !== 91 && !(code === 44 && place.open >= 0)) continue;
    if (code === 91 && tryGlued(text, at, i, place, visit)) return true;
    if (code === 91) continue;
    const isKey = code === 61;
    place.at = skipSigns(text, i + 1);
    if (!mayBegin(text.charCodeAt(place.at))) continue;
    if (isKey || code === 40) {
      const equals = isKey ? i : text.lastIndexOf('=', i);
      if (equals < at) continue;
      place.name = `k:${text.slice(at, equals)}`;
      place.shallow = false;
    } else if (text.charCodeAt(i + 1) < 48 || text.charCodeAt(i + 1) > 57) continue;
    else place.name = `c${token}`;
    if (visit(place)) return true;
  }
  return false;
}

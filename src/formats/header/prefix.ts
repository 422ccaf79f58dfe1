import type { Header } from './header.ts';
import { lettersEnd } from './headerCursor.ts';
import { isLevelLetter, keptLevel, levelHint } from './levelWord.ts';
import type { Place } from './places.ts';
import { closing, isThreadName, skipBlanks } from './words.ts';

/**
 * What stands in front of the stamp: a level (`ERROR [Read-2] 2024...`, `[ERROR] 2024...`, `I, [2024...`, `[I 10:00:00`), a
 * process, a name; what is none of these is kept as it is (`127.0.0.1 - frank`).
 */
export function peelPrefix(text: string, start: number, place: Place, header: Header): void {
  const inBracket = place.open >= 0 && place.open < place.at - 1 ? text.slice(place.open + 1, place.at).trim() : '';
  const to = place.open >= 0 ? Math.min(place.open, place.from) : place.from;
  let at = takeLevel(text, start, to, header);
  if (inBracket !== '') insidePrefix(inBracket, header);
  else if (place.open < 0 && place.at > place.from) at = Math.max(at, start);
  const rest = withoutTail(text.slice(at, to).trim());
  if (rest === '') return;
  const bracket = rest.charCodeAt(0) === 91 && closing(rest, 0) === rest.length - 1 ? rest.slice(1, -1).trim() : '';
  if (bracket === '') header.other = rest;
  else if (/^\d+$/.test(bracket)) header.pid = bracket;
  else if (isThreadName(bracket) || header.level !== '') header.thread = bracket;
  else if (/^[A-Za-z][\w.-]*$/.test(bracket)) header.component = bracket;
  else header.other = rest;
}

const separator = /[\s\-|,]/;

/** A prefix without the separators at its end, unless there is nothing else in it. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && separator.test(text[end - 1]!)) end -= 1;
  const rest = text.slice(0, end);
  return /\w/.test(rest) ? rest : text;
}

/** A level as the first token of the prefix; returns the index behind it. */
function takeLevel(text: string, start: number, to: number, header: Header): number {
  let from = skipBlanks(text, start);
  const sign = text.charCodeAt(from);
  const signed = sign === 91 || sign === 61 || sign === 60 || sign === 40;
  if (signed) from += 1;
  const end = Math.min(lettersEnd(text, from), to);
  const behind = text.charCodeAt(end);
  const closed = behind === 93 || behind === 58 || behind === 44 || behind === 62 || behind === 41;
  const isLetter = end - from === 1 && isLevelLetter(text.charCodeAt(from));
  const hint = levelHint(text, from, end);
  // Reports of crashes and of supervisors are those of errors, those of progress are none.
  const report = sign === 61 && text.startsWith(' REPORT=', end) ? text.slice(from, end) : '';
  if (report === 'CRASH' || report === 'SUPERVISOR' || report === 'PROGRESS') {
    header.level = report === 'PROGRESS' ? 'INFO' : 'ERROR';
    return to;
  }
  const isLevel =
    hint === 'plain' || (hint === 'word' && (signed || closed)) || (isLetter && (closed || end === to || skipBlanks(text, end) >= to));
  if (!isLevel) return start;
  header.level = keptLevel(text.slice(from, end));
  // The word may stand behind the stamp again.
  header.priority = isLetter;
  // `=ERROR REPORT==== `: the rest of the word goes with it.
  if (sign === 61) return to;
  return Math.min(to, closed ? end + 1 : end);
}

/** `4711:4712:` or `I` in front of the stamp, in its bracket. */
function insidePrefix(inside: string, header: Header): void {
  for (const word of inside.split(/[\s:,]+/)) {
    if (word === '') continue;
    const letter = word.length === 1 && isLevelLetter(word.charCodeAt(0));
    if (header.level === '' && (letter || levelHint(word, 0, word.length) !== 'none')) header.level = keptLevel(word);
    else if (/^\d+$/.test(word)) header.pid ||= word;
  }
}

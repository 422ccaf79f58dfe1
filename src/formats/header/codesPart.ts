import type { Cursor } from './headerCursor.ts';
import { keptLevel, levelHint } from './levelWord.ts';
import { isCodeLike, skipBlanks, wordEnd } from './words.ts';

/** How many words may stand between the stamp and the level. */
const wordsBeforeLevel = 6;

/** Codes between the stamp and a level in capitals: `R02-M1-N0-C:J12-U11 RAS KERNEL INFO`. The last name is the component. */
export function codesPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (stamp === 'none' || header.level !== '' || header.component !== '') return false;
  for (let from = at, count = 0; count < wordsBeforeLevel; count++) {
    const end = wordEnd(text, from);
    // With a colon it is a level only behind pairs and addresses: `SERVICE ALERT:` is a kind of message.
    const colon = text.charCodeAt(end - 1) === 58;
    const levelEnd = colon ? end - 1 : end;
    const first = text.charCodeAt(from);
    if (
      count > 0 &&
      first >= 65 &&
      first <= 90 &&
      levelHint(text, from, levelEnd) !== 'none' &&
      /^[A-Z]+$/.test(text.slice(from, levelEnd))
    ) {
      const words = splitWords(text, at, from);
      if (colon ? !words.every((word) => /[@=/\d]/.test(word)) : levelHint(text, from, end) !== 'plain') return false;
      takeCodes(cursor, words);
      header.level = keptLevel(text.slice(from, levelEnd));
      cursor.at = levelEnd;
      return true;
    }
    if (end >= text.length || !isCodeLike(text, from, end)) return false;
    from = skipBlanks(text, end);
  }
  return false;
}

/** The words of a part that ends behind blanks. */
function splitWords(text: string, from: number, to: number): string[] {
  const words: string[] = [];
  for (let at = from; at < to;) {
    const end = wordEnd(text, at);
    words.push(text.slice(at, end));
    at = skipBlanks(text, end);
  }
  return words;
}

/** `10.0.0.1(5000):app@shop:[123]:ERROR:`: a level at the end of fields that colons join. */
export function gluedLevel(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (stamp === 'none' || header.level !== '' || cursor.parts > 1) return false;
  const end = wordEnd(text, at);
  if (text.charCodeAt(end - 1) !== 58 || end - at > 120) return false;
  const from = text.lastIndexOf(':', end - 2) + 1;
  if (from <= at + 1 || levelHint(text, from, end - 1) === 'none' || !/^[A-Z]+$/.test(text.slice(from, end - 1))) return false;
  header.level = keptLevel(text.slice(from, end - 1));
  const fields = text.slice(at, from - 1);
  header.other = header.other === '' ? fields : `${header.other} ${fields}`;
  cursor.at = end;
  return true;
}

function takeCodes({ header }: Cursor, words: string[]): void {
  const names = words.filter((word) => /^[A-Za-z_.$]+$/.test(word));
  header.component = names.at(-1) ?? '';
  header.host = header.host || (words.find((word) => /\d/.test(word)) ?? '');
  const rest = words.filter((word, index) => word !== header.component && word !== header.host && words.indexOf(word) === index);
  header.other = [header.other, ...rest].filter((part) => part !== '').join(' ');
}

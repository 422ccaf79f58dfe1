import type { Header } from './header.ts';
import { isLevelWord, skipBlanks } from './words.ts';

/** What stood in front: no stamp, one as syslog writes it, one with a zone, or any other. */
export type StampKind = 'none' | 'syslog' | 'zoned' | 'plain';

/** Where the peeling stands. */
export interface Cursor {
  text: string;
  at: number;
  header: Header;
  stamp: StampKind;
  /** A dash or bar stood between the last part and here. */
  parted: boolean;
  /** Parts taken so far. */
  parts: number;
}

/** ` - ` */
export const dashFollows = (text: string, at: number) =>
  text.charCodeAt(at) === 32 && text.charCodeAt(at + 1) === 45 && text.charCodeAt(at + 2) === 32;

/** Whether the next word is a level. */
export function levelFollows(text: string, at: number): boolean {
  let from = skipBlanks(text, at);
  if (text.charCodeAt(from) === 91) from += 1;
  let end = from;
  while (end < from + 14 && isLetterCode(text.charCodeAt(end))) end += 1;
  const behind = text.charCodeAt(end);
  return isLevelWord(text, from, end, behind === 93 || behind === 58);
}

export const isLetterCode = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

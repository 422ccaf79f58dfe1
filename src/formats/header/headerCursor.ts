import type { Header } from './header.ts';
import { levelHint } from './levelWord.ts';
import { skipBlanks } from './words.ts';

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
  /** A tab did. */
  tabbed: boolean;
  /** Parts taken so far. */
  parts: number;
  /** A word of the stream that stands here is its level in any case. */
  levelFirst: boolean;
  /** A name stands here, and a level behind it, in this stream. */
  levelSecond: boolean;
  /** One word and a colon behind the level name a part of the program in this stream. */
  tags: boolean;
  /** Names in brackets that are a component if nothing better comes. */
  bracketed: string;
}

/** The index behind ` - ` or ` -- ` at `at`; -1 when there is none. */
export function behindDash(text: string, at: number): number {
  const from = skipBlanks(text, at);
  if (from === at || text.charCodeAt(from) !== 45) return -1;
  const end = text.charCodeAt(from + 1) === 45 ? from + 2 : from + 1;
  return text.charCodeAt(end) === 32 ? end : -1;
}

export const dashFollows = (text: string, at: number): boolean => behindDash(text, at) >= 0;

/** Whether the next word is a level. */
export function levelFollows(text: string, at: number): boolean {
  let from = skipBlanks(text, at);
  const opened = text.charCodeAt(from);
  if (opened === 91 || opened === 60) from = skipBlanks(text, from + 1);
  const end = lettersEnd(text, from);
  const hint = levelHint(text, from, end);
  const behind = text.charCodeAt(end);
  return hint === 'plain' || (hint === 'word' && (behind === 93 || behind === 62 || behind === 58));
}

/** Index behind the letters at `from`, at most fifteen. */
export function lettersEnd(text: string, from: number): number {
  let end = from;
  while (end < from + 15 && isLetterCode(text.charCodeAt(end))) end += 1;
  return end;
}

export const isLetterCode = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Whether a column ends at `at`: a tab, or two blanks or more. */
export const columnEnds = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 9 || (text.charCodeAt(at) === 32 && (text.charCodeAt(at + 1) === 32 || text.charCodeAt(at + 1) === 9));

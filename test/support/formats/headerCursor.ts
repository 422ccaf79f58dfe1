import { emptyHeader, type Header } from '../../../src/formats/header/header.ts';
import type { Cursor } from '../../../src/formats/header/headerCursor.ts';

/** What is known where a part of a header begins; a plain stamp stood in front if nothing is said. */
export type Before = Partial<Omit<Cursor, 'header' | 'text' | 'at'>> & { header?: Partial<Header>; at?: number };

export const cursorAt = (text: string, { header = {}, ...more }: Before = {}): Cursor => ({
  text,
  at: 0,
  stamp: 'plain',
  parted: false,
  tabbed: false,
  parts: 0,
  levelFirst: false,
  levelSecond: false,
  tags: false,
  bracketed: '',
  header: { ...emptyHeader(), ...header },
  ...more,
});

const shown = ['level', 'host', 'pid', 'thread', 'component', 'other'] as const;

/** The words of a header: `level=ERROR pid=12`. */
export const headerWords = (header: Header): string =>
  shown.flatMap((name) => (header[name] === '' ? [] : [`${name}=${header[name]}`])).join(' ');

/** What a part takes off a text: the words it found, a bar, and what is left; null when it takes nothing. */
export function takeOff(part: (cursor: Cursor) => boolean, text: string, before: Before = {}): string | null {
  const cursor = cursorAt(text, before);
  return part(cursor) ? `${headerWords(cursor.header)}|${text.slice(cursor.at).trim()}` : null;
}

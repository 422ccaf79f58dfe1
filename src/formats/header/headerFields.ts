import { bracketPart } from './bracketPart.ts';
import { codesPart, componentPart, hostPart } from './componentPart.ts';
import type { Header } from './header.ts';
import type { Cursor, StampKind } from './headerCursor.ts';
import { levelPart } from './levelPart.ts';
import { barredNumber, processPart } from './processPart.ts';
import { isDigit } from '../time/stamp.ts';
import { skipBlanks } from './words.ts';

/** No header has more parts than this. */
const maxParts = 10;

/** Blanks, and dashes, colons, commas and bars between parts. */
function skipSeparators(cursor: Cursor): void {
  const { text } = cursor;
  let { at } = cursor;
  cursor.parted = false;
  for (;;) {
    at = skipBlanks(text, at);
    const code = text.charCodeAt(at);
    let end = at;
    while (end < at + 3 && text.charCodeAt(end) === 45) end += 1;
    if (end > at && text.charCodeAt(end) === 32) {
      cursor.parted = true;
      at = end;
    } else if (code === 124 || ((code === 58 || code === 44) && cursor.parts + (cursor.stamp === 'none' ? 0 : 1) > 0)) {
      cursor.parted ||= code === 124;
      at += 1;
    } else break;
  }
  cursor.at = at;
}

/** One part at the cursor; false when the message begins here. */
function takePart(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === 91 || code === 40 || code === 60) return bracketPart(cursor);
  if (isDigit(code)) return processPart(cursor) || barredNumber(cursor) || codesPart(cursor);
  if (cursor.header.level === '' && levelPart(cursor)) return true;
  return hostPart(cursor) || componentPart(cursor) || codesPart(cursor);
}

/** Takes level, host, process, thread and component off, from `at` on, and sets where the message begins. */
export function peelFields(text: string, at: number, header: Header, stamp: StampKind): void {
  const cursor: Cursor = { text, at, header, stamp, parted: false, parts: 0 };
  while (cursor.parts < maxParts) {
    skipSeparators(cursor);
    if (cursor.at >= text.length || !takePart(cursor)) break;
    cursor.parts += 1;
  }
  if (cursor.parts > 0 || stamp !== 'none') header.bodyAt = Math.min(skipBlanks(text, cursor.at), text.length);
}

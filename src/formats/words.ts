import { levelOf } from '../event.ts';
import { isDigit } from './stamp.ts';

const isSpace = (code: number) => code === 32 || code === 9;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isLower = (code: number) => code >= 97 && code <= 122;
const isLetter = (code: number) => isUpper(code) || isLower(code);

/** Index of the next blank from `at` on, or the end. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

export function skipBlanks(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

export function allDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return to > from;
}

/** Index of the `]` or `)` that closes what opens at `at`, at most 200 characters on; -1 when none does. */
export function closing(text: string, at: number): number {
  const open = text.charCodeAt(at);
  const close = open === 91 ? 93 : open === 40 ? 41 : 62;
  let depth = 0;
  for (let i = at; i < text.length && i < at + 200; i++) {
    const code = text.charCodeAt(i);
    if (code === open) depth += 1;
    else if (code === close && --depth === 0) return i;
  }
  return -1;
}

/** Whether the part is all capitals with at least two letters: `ERROR`, `RAS`. */
export function allUpper(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isUpper(text.charCodeAt(i))) return false;
  return to - from >= 2;
}

/**
 * Whether the part is a level as one writes it in front of a message: in capitals, or in any case when `marked` (a bracket
 * around it, a colon behind it). `Error opening file` is no level, and neither is a single letter.
 */
export function isLevelWord(text: string, from: number, to: number, marked: boolean): boolean {
  const length = to - from;
  if (length < 3 || length > 13 || !isLetter(text.charCodeAt(from))) return false;
  if (!marked && !allUpper(text, from, to)) return false;
  return levelOf(text.slice(from, to)) !== null;
}

/** Letters that stand for levels in logcat, glog and MongoDB. */
export function isLevelLetter(code: number): boolean {
  return code === 68 || code === 69 || code === 70 || code === 73 || code === 86 || code === 87;
}

/** Whether a word reads like a code and not like prose: it holds a digit or a sign, or is all capitals. */
export function isCodeLike(text: string, from: number, to: number): boolean {
  if (allUpper(text, from, to)) return true;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isLetter(code)) return i < to - 1 || isDigit(code) || to - from === 1;
  }
  return false;
}

/**
 * Whether a name in front of a colon names a part of the program, judged by its shape: dotted, scoped or a class name.
 * `received: 5`, `userId: 7` and `java.io.IOException: broken pipe` are messages.
 */
export function isComponentName(name: string): boolean {
  const first = name.charCodeAt(0);
  if (!isLetter(first) && first !== 95) return false;
  if (/(?:Exception|Error|Throwable|Warning|Failure)$/.test(name) || name.includes('://') || name.includes('=')) return false;
  if (/[.$/(]|::/.test(name)) return true;
  return isUpper(first) && /[a-z][A-Z]|^[A-Z]{2,}[a-z]/.test(name);
}

import { isDigit } from '../time/stamp.ts';

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

/** Index of the `]`, `)`, `}` or `>` that closes what opens at `at`, at most 200 characters on; -1 when none does. */
export function closing(text: string, at: number): number {
  const open = text.charCodeAt(at);
  const close = open === 40 ? 41 : open + 2;
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

/** Whether a word reads like a code and not like prose: it holds a digit or a sign, or is all capitals. */
export function isCodeLike(text: string, from: number, to: number): boolean {
  if (allUpper(text, from, to)) return true;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isLetter(code)) return i < to - 1 || isDigit(code) || to - from === 1;
  }
  return false;
}

const location = /^[\w@./$-]+\.[A-Za-z]{1,5}(?::\d+|\(\d+\))$/;

/** Whether a text is a file and a line in it: `source/grpc_stream.h:163`, `gpu_init.cc(90)`. */
export function isLocation(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return (last === 41 || isDigit(last)) && text.length < 120 && location.test(text);
}

/** Whether a name is one that threads have: numbered at its end, or called so. */
export const isThreadName = (text: string): boolean =>
  /\d$|^main$|thread|exec|pool|worker|reader|writer|scheduler|timer|dispatcher|loop/i.test(text) || text.startsWith('#');

/** Names of what went wrong, not of who says so. */
const problems = ['Exception', 'Error', 'Throwable', 'Warning', 'Failure'];

function namesProblem(text: string, from: number, to: number): boolean {
  for (const word of problems) if (to - from >= word.length && text.startsWith(word, to - word.length)) return true;
  return false;
}

/**
 * Whether the part, in front of a colon, names a part of the program, judged by its shape: dotted, scoped or a class name.
 * `received: 5`, `userId: 7` and `java.io.IOException: broken pipe` are messages.
 */
export function isComponentName(text: string, from: number, to: number): boolean {
  let before = text.charCodeAt(from);
  if (!isLetter(before) && before !== 95) return false;
  let scoped = false;
  let hump = false;
  // `Class#method` may be called after what goes wrong.
  let called = false;
  for (let i = from + 1; i < to; i++) {
    const code = text.charCodeAt(i);
    // An equals sign or `://` is none of a name.
    if (code === 61 || (code === 47 && before === 58)) return false;
    if (code === 35) called = true;
    // Dot, dollar, slash, parenthesis, or two colons.
    if (code === 46 || code === 36 || code === 47 || code === 40 || (code === 58 && before === 58)) scoped = true;
    else if (isUpper(code) ? isLower(before) : isLower(code) && i - 2 >= from && isUpper(before) && isUpper(text.charCodeAt(i - 2)))
      hump = true;
    before = code;
  }
  return (scoped || (hump && isUpper(text.charCodeAt(from)))) && (called || !namesProblem(text, from, to));
}

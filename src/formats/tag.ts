import { isDigit } from './stamp.ts';
import { allDigits, closing } from './words.ts';

/** `sshd(pam_unix)[19939]:`, `kernel:`, `ActivityManager(  123):` in front of a message. */
export interface Tag {
  name: string;
  pid: string;
  /** Index behind its colon. */
  end: number;
  colon: boolean;
}

const maxName = 100;

/** Blank, quote, bracket, comma, semicolon, equals sign, braces: what names do not hold. */
function endsName(code: number): boolean {
  return code <= 32 || code === 34 || code === 39 || code === 44 || code === 59 || code === 61 || code === 91 || code === 93 || code === 123 || code === 124 || code === 125 || code === 60 || code === 62 || Number.isNaN(code);
}

/** The index behind a name at `at`, or -1; and whether digits in parentheses, a process, follow it. */
function nameEnd(text: string, at: number): number {
  let end = at;
  for (; end - at < maxName; end++) {
    const code = text.charCodeAt(end);
    if (endsName(code)) return end;
    // A colon inside is part of the name (`std::thread`), one in front of a blank ends it.
    if (code === 58 && (end + 1 >= text.length || text.charCodeAt(end + 1) <= 32)) return end;
    if (code !== 40) continue;
    const close = closing(text, end);
    if (close < 0) return end;
    if (allDigits(text, end + 1 + leadingBlanks(text, end + 1), close)) return end;
    if (text.slice(end, close).includes(' ')) return end;
    end = close;
  }
  return -1;
}

function leadingBlanks(text: string, at: number): number {
  let n = 0;
  while (text.charCodeAt(at + n) === 32) n += 1;
  return n;
}

/** The tag at `at`: a name, a process id or not, and a colon; with a process id the colon may be left out. */
export function tagAt(text: string, at: number): Tag | null {
  let end = nameEnd(text, at);
  if (end <= at) return null;
  const name = text.slice(at, end);
  let pid = '';
  const open = text.charCodeAt(end);
  if (open === 91 || open === 40) {
    const close = closing(text, end);
    const from = end + 1 + leadingBlanks(text, end + 1);
    if (close < 0 || !allDigits(text, from, close)) return null;
    pid = text.slice(from, close);
    end = close + 1;
  }
  const colon = text.charCodeAt(end) === 58;
  const after = text.charCodeAt(colon ? end + 1 : end);
  const apart = Number.isNaN(after) || after <= 32;
  if (!apart || (!colon && pid === '')) return null;
  // A clock or a number in front of a colon is no name.
  if (pid === '' && isDigit(text.charCodeAt(at)) && !/[a-zA-Z]/.test(name)) return null;
  return { name, pid, end: colon ? end + 1 : end, colon };
}

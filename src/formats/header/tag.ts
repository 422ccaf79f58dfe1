import { isDigit } from '../time/stamp.ts';
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

/** What names do not hold: blanks, quotes, brackets, commas, semicolons, equals signs, braces, bars. One look-up a character. */
const ends = new Uint8Array(128);
ends.fill(1, 0, 33);
for (const sign of '"\',;=[]{|}<>') ends[sign.charCodeAt(0)] = 1;

/** The index behind a name at `at`, or -1; and whether digits in parentheses, a process, follow it. */
function nameEnd(text: string, at: number): number {
  let end = at;
  for (; end - at < maxName; end++) {
    const code = text.charCodeAt(end);
    if (code < 128 ? ends[code] === 1 : Number.isNaN(code)) return end;
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

/** `123`, and `123:0`, a process and a thread of it. */
const isProcess = (text: string, from: number, to: number) =>
  allDigits(text, from, to) || (isDigit(text.charCodeAt(from)) && to - from < 16 && /^\d+:\d+$/.test(text.slice(from, to)));

/** The tag at `at`: a name, a process id or not, and a colon; with a process id the colon may be left out. */
export function tagAt(text: string, at: number): Tag | null {
  let end = nameEnd(text, at);
  if (end <= at) return null;
  const behind = text.charCodeAt(end);
  if (behind !== 58 && behind !== 91 && behind !== 40) return null;
  const nameStop = end;
  let pid = '';
  const open = text.charCodeAt(end);
  if (open === 91 || open === 40) {
    const close = closing(text, end);
    const from = end + 1 + leadingBlanks(text, end + 1);
    if (close < 0 || !isProcess(text, from, close)) return null;
    pid = text.slice(from, close);
    end = close + 1;
  }
  const colon = text.charCodeAt(end) === 58;
  const after = text.charCodeAt(colon ? end + 1 : end);
  const apart = Number.isNaN(after) || after <= 32;
  if (!apart || (!colon && (pid === '' || open === 40))) return null;
  // A clock or a number in front of a colon is no name.
  if (pid === '' && isDigit(text.charCodeAt(at)) && !/[a-zA-Z]/.test(text.slice(at, nameStop))) return null;
  return { name: text.slice(at, nameStop), pid, end: colon ? end + 1 : end, colon };
}

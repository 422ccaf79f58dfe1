import { takeTag } from './componentPart.ts';
import type { Cursor } from './headerCursor.ts';
import { digitRun, isDigit } from '../time/stamp.ts';
import { tagAt } from './tag.ts';
import { skipBlanks, wordEnd } from './words.ts';

/** `combo sshd(pam_unix)[19939]: `: a host and a tag. */
export function hostPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (cursor.parts > 0 || header.host !== '' || stamp === 'none') return false;
  // Most words that begin with a digit end here: a number by itself is a process.
  if (isDigit(text.charCodeAt(at)) && text.charCodeAt(at + digitRun(text, at)) <= 32) return false;
  const end = wordEnd(text, at);
  if (end === at || text.charCodeAt(end - 1) === 58 || !isHost(text, at, Math.min(end, at + 256))) return false;
  const host = text.slice(at, end);
  const next = skipBlanks(text, end);
  // A number is a process, unless it is an address.
  if (isDigit(text.charCodeAt(at)) && (!/[.:].*[.:]|[A-Za-z]/.test(host) || (tagAt(text, next) === null && !isCount(text, next))))
    return false;
  const tag = next < text.length && text.charCodeAt(next) !== 37 ? tagAt(text, next) : null;
  // Behind other stamps only a process tells.
  const device = text.charCodeAt(next) === 37 && mnemonic.test(text.slice(next, next + 40));
  if (stamp === 'plain' && !device && (tag === null || tag.pid === '' || !tag.colon)) return false;
  const usual =
    tag !== null &&
    (tag.pid !== '' ||
      stamp === 'syslog' ||
      /^[a-z][\w.-]*$/.test(tag.name) ||
      (next === end + 1 && /[\d.-]/.test(host) && programName.test(tag.name)));
  // Of several parts it is one only in front of a program.
  if (!usual && host.includes(',')) return false;
  if (!usual && !device && (stamp !== 'syslog' || !/^[a-z]*[\d.-]|^[a-z]+$/.test(host))) return false;
  header.host = host;
  cursor.at = end;
  if (tag && usual) takeTag(cursor, tag.name, tag.pid, tag.end);
  return true;
}

/** What the messages of a network device begin with. */
const mnemonic = /^%(?:\$ |[A-Z][\w-]*-[0-7]-)/;

export const programName = /^[A-Za-z_][\w.$@/#-]*$/;

/** `124: `: a count of messages. */
const isCount = (text: string, at: number): boolean => isDigit(text.charCodeAt(at)) && /^\d{1,12}: /.test(text.slice(at, at + 14));

/** What hosts are written with: letters, digits, and `_ . : / @ , -`. */
const hostSigns = new Uint8Array(128);
for (let code = 0; code < 128; code++) if (/[\w.:/@,-]/.test(String.fromCharCode(code))) hostSigns[code] = 1;

function isHost(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (hostSigns[text.charCodeAt(i)] !== 1) return false;
  return true;
}

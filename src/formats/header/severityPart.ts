import { takeTag } from './componentPart.ts';
import { isLetterCode, type Cursor } from './headerCursor.ts';
import { programName } from './hostPart.ts';
import { severities } from './mnemonicPart.ts';
import { tagAt } from './tag.ts';
import { skipBlanks } from './words.ts';

const short = ['em', 'al', 'cr', 'er', 'wa', 'no', 'in', 'de|db'].map((names) => names.split('|'));
const lettersAndPriority = /^([A-Z][a-z])\((\d{1,3})\) /;

/** `Er(163) hostd[2099]: `: two letters of a severity and a priority of syslog that says the same (RFC 5424, 6.2.1). */
export function severityPart(cursor: Cursor): boolean {
  const { text, at, header, stamp } = cursor;
  if (text.charCodeAt(at + 2) !== 40 || stamp === 'none' || header.level !== '') return false;
  const found = lettersAndPriority.exec(text.slice(at, at + 10));
  const priority = Number(found?.[2]);
  if (!found || priority > 191 || !short[priority & 7]!.includes(found[1]!.toLowerCase())) return false;
  header.level = severities[priority & 7]!;
  cursor.at = at + found[0].length;
  const tag = tagAt(text, skipBlanks(text, cursor.at));
  if (tag?.colon && programName.test(tag.name)) takeTag(cursor, tag.name, tag.pid, tag.end);
  return true;
}

const messageId = /^[A-Z]{3,5}\d{3,5}([IWES])(?=:? )/;
const letters: Readonly<Record<string, string>> = { I: 'INFO', W: 'WARN', E: 'ERROR', S: 'FATAL' };

/**
 * The level in the last letter of a message's number, as programs of mainframes and their kin write it in front: `ANR8311E An
 * I/O error`. '' when no such number stands at `at`; it stays in the message.
 */
export function messageIdLevel(text: string, at: number): string {
  // Most messages end here: three capitals, and a digit soon.
  for (let i = at; i < at + 3; i++) if (!isLetterCode(text.charCodeAt(i)) || text.charCodeAt(i) > 90) return '';
  return letters[messageId.exec(text.slice(at, at + 14))?.[1] ?? ''] ?? '';
}

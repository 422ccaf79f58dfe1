import { takeTag } from './componentPart.ts';
import type { Cursor } from './headerCursor.ts';
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

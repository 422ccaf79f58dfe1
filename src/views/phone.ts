import type { JsonObject } from '../event.ts';
import type { Finding } from '../signal.ts';
import { age } from './duration.ts';
import { shown } from './line.ts';
import { count, expected } from './numbers.ts';
import { listOf, numberAt, textAt } from './result.ts';
import { shortIds } from './shortIds.ts';
import { cut } from './text.ts';
import { msOf } from './time.ts';

/** What a phone shows of a message without opening it. */
const longest = 178;

/** `11 Feb`, in UTC. */
const dayAndMonth = (ms: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(ms);

/** Sentences one after the other, each ended once. */
const sentences = (parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => `${part}.`)
    .join(' ');

/** `: 2,310, usual 61`, where a result has a value. */
function amountOf(result: JsonObject): string {
  const value = numberAt(result, 'value');
  const usual = numberAt(result, 'usual');
  return value === null ? '' : `: ${expected(value)}${usual === null ? '' : `, usual ${expected(usual)}`}`;
}

/** What an episode is about: the member its title names, how much of it, how large it has become. */
function subject({ title, result, since, updated }: Finding): string {
  const members = listOf(result.members);
  const lasted = age(msOf(updated) - msOf(since));
  if (members.length === 0) return sentences([`${title.replace(/\.$/, '')}${amountOf(result)}`, lasted]);
  const groups = new Set(members.map((member) => textAt(member, 'group_id'))).size;
  const top = members.find((member) => textAt(member, 'label') !== '' && title.startsWith(textAt(member, 'label'))) ?? members[0]!;
  const many = numberAt(top, 'count');
  const window = numberAt(result, 'window_ms');
  const amount = many === null ? '' : `, ${count(many)}${window === null ? '' : ` in ${age(window)}`}`;
  const extent = `${count(members.length)} ${members.length === 1 ? 'pattern' : 'patterns'}, ${count(groups)} ${groups === 1 ? 'group' : 'groups'}, ${lasted}`;
  return sentences([`${textAt(top, 'label')}: ${textAt(top, 'state')}${amount}`, extent]);
}

/** What helps at once: what all have in common, what changed before, what it looks like. */
function evidence({ result, group_id: group }: Finding): string {
  const common = listOf(result.in_common)
    .map((shared) => textAt(shared, 'value'))
    .join(' ');
  const change = listOf(result.changes).at(-1);
  const [past] = listOf(result.seen_before);
  const note = past ? [textAt(past, 'note'), textAt(past, 'link')].filter(Boolean).join(', ') : '';
  return sentences([
    common || group,
    change ? `After ${textAt(change, 'text')}` : '',
    past ? `Like ${textAt(past, 'id').slice(0, 4)}, ${dayAndMonth(msOf(textAt(past, 'at')))}${note ? ` (${note})` : ''}` : '',
  ]);
}

/**
 * A finding as it reaches a phone: two lines, the first of which says what is wrong and how bad it is. The same text
 * for the same finding, so that a message can be replaced by its update.
 */
export function phone(finding: Finding): string[] {
  const word = finding.state === 'firing' ? finding.severity : finding.state;
  const id = shown(shortIds([finding.id])(finding.id), { ascii: false });
  const tidy = (text: string, room: number) => cut(shown(text, { ascii: false }), room);
  return [tidy(`[${word}] ${subject(finding)}`, longest), `${tidy(evidence(finding), longest - id.length - 1)} ${id}`];
}

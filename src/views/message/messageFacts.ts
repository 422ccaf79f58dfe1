import { describeCause } from '../finding/causeText.ts';
import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { SharedValue } from '../../results/episodeResult.ts';
import type { EpisodeFinding, Finding } from '../../signal.ts';
import { findCommonFields } from '../../findings/commonFields.ts';
import { findingBrief } from '../finding/findingBrief.ts';
import { age } from '../text/duration.ts';
import { count, expected } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { minute, parseTime } from '../text/time.ts';

const brief = { columns: Number.POSITIVE_INFINITY, color: false, ascii: false, timeZone: 'UTC' };

/** Sentences one after the other, each ended once. */
const sentences = (parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => `${part.replace(/\.$/, '')}.`)
    .join('  ');

/** What a person asks first, a line each: since when and how much, what came before, who has answered. */
export function writeFacts(finding: Finding): string[] {
  // Operators of one's own may put anything into a result: then only what every finding has is shown.
  if (!hasOwnResult(finding)) return [`on ${age(Math.max(0, parseTime(finding.updated) - parseTime(finding.since)))}.`];
  const lines = [
    sentences([writeNow(finding), ...writeCommon(finding)]),
    sentences([...writeFirst(finding), ...writeChanges(finding), ...(finding.type === 'episode' ? writeBefore(finding) : [])]),
    sentences(writeAnswers(finding)),
  ];
  return lines.filter(Boolean);
}

/** `on 9m, growing: "writeBlock IOException" 2,310 in 5m, usual 61`; of what is over nothing. */
function writeNow(finding: Finding): string {
  // How long it was stands beside its title; how little there was at its end means nothing.
  if (finding.state === 'resolved') return '';
  const lasted = parseTime(finding.updated) - parseTime(finding.since);
  const amount = writeAmount(finding);
  const isOld = finding.type === 'rule' && finding.result.already_on === true;
  const since = isOld ? 'already on when this began to watch' : `on ${age(Math.max(0, lasted))}`;
  const course = finding.type === 'rule' || finding.type === 'episode' ? finding.result.course : undefined;
  return `${since}${course === undefined ? '' : `, ${course}`}${amount === '' ? '' : `: ${amount}`}`;
}

function writeAmount(finding: Finding): string {
  if (finding.type === 'episode') {
    const { rate } = finding.result;
    if (!rate) return '';
    const what = rate.label === finding.title ? '' : `"${rate.label}" `;
    if (rate.open === true) return `${what}${count(rate.count)} so far`;
    return `${what}${count(rate.count)} in ${age(rate.window_ms)}${rate.usual === null ? '' : `, usual ${expected(rate.usual)}`}`;
  }
  if (finding.type !== 'spike' && finding.type !== 'rule') return findingBrief(finding, brief);
  const { value, usual, start, end } = finding.result;
  if (value === undefined) return '';
  const width = start !== undefined && end !== undefined ? parseTime(end) - parseTime(start) : Number.NaN;
  return `${expected(value)}${width > 0 ? ` in ${age(width)}` : ''}${typeof usual === 'number' ? `, usual ${expected(usual)}` : ''}`;
}

/** `only v412, 25 of 25` where all lines have it; `dn2 in 5 of 5` of names that patterns share. */
function writeCommon(finding: Finding): string[] {
  const common =
    finding.type === 'episode' ? finding.result.in_common : finding.type === 'rule' ? findCommonFields([finding.result.fields ?? []]) : [];
  const text = common.map(writeShared).join(', ');
  const { groups, first } = finding.type === 'episode' ? finding.result : { groups: 1, first: undefined };
  return [text, first && groups > first.groups ? `now in ${count(groups)} services` : ''];
}

function writeShared({ value, in: many, of, field }: SharedValue): string {
  if (field === undefined) return `${value} in ${count(many)} of ${count(of)}`;
  // A bare number says nothing without the name of its field.
  const name = /[a-z]/i.test(value) ? value : `${field} ${value}`;
  return many === of ? `only ${name}, ${count(many)} of ${count(of)}` : `${name} in ${count(many)} of ${count(of)}`;
}

/**
 * `first payments, before 3 of 3 others, named by 2 of 3`: the group that most speaks for, where it is another than the title's
 * or was first before. Changes and values stand on lines of their own.
 */
function writeFirst(finding: Finding): string[] {
  if (finding.type !== 'episode') return [];
  const { came_first: causes = [], first } = finding.result;
  const group = causes.find(({ kind }) => kind === 'group');
  if (!group || (group.what === first?.group_id && !group.precedents?.in)) return [];
  return [`first ${describeCause(group).replace(': ', ', ')}`];
}

function writeChanges({ since, type, result }: Finding): string[] {
  const began = parseTime(since);
  const change =
    type === 'episode' ? (result.changes.findLast(({ at }) => parseTime(at) <= began) ?? result.changes.at(-1)) : result.change;
  if (!change) return [];
  const before = began - parseTime(change.at);
  return [before >= 0 ? `after ${change.text} (${age(before)} earlier)` : `${change.text} ${age(-before)} into it`];
}

function writeBefore({ result }: EpisodeFinding): string[] {
  const [past] = result.seen_before;
  if (!past) return [];
  const words = [past.note && `"${past.note}"`, past.link].filter(Boolean).join(', ');
  return [`like ${shortIds([past.id])(past.id)}, ${dayAndMonth(parseTime(past.at))}${words === '' ? '' : `: ${words}`}`];
}

function writeAnswers({ result: { acked, notes = [] } }: Finding): string[] {
  const until = acked?.until === undefined ? '' : ` until ${minute(parseTime(acked.until), 'UTC')}`;
  const last = notes.at(-1);
  return [
    acked ? `acked by ${acked.who}${until}${acked.note === undefined ? '' : `: "${acked.note}"`}` : '',
    last?.note === undefined ? '' : `${last.who}: "${last.note}"${last.link === undefined ? '' : `, ${last.link}`}`,
  ];
}

/** At most two lines of what it is about, in order of time, none twice. */
export function readLines(finding: Finding): { at: string; text: string }[] {
  if (!hasOwnResult(finding) || (finding.type !== 'episode' && finding.type !== 'rule')) return [];
  const lines = finding.result.lines ?? [];
  const each = lines.filter(({ text }, at) => lines.findIndex((other) => other.text === text) === at);
  return each.slice(0, 2).toSorted((a, b) => parseTime(a.at) - parseTime(b.at));
}

/** `11 Feb`, in UTC. */
const dayAndMonth = (ms: number): string =>
  Number.isFinite(ms) ? new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(ms) : '-';

import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { EpisodeFinding, Finding } from '../../signal.ts';
import { age } from '../text/duration.ts';
import { shown } from '../text/line.ts';
import { count, expected } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { cut } from '../text/text.ts';
import { parseTime } from '../text/time.ts';

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

/** `: 2,310, usual 61`, where a finding is about a value. */
function writeAmount(finding: Finding): string {
  if (finding.type !== 'spike' && finding.type !== 'rule') return '';
  const { value, usual } = finding.result;
  return value === undefined ? '' : `: ${expected(value)}${typeof usual === 'number' ? `, usual ${expected(usual)}` : ''}`;
}

const writeLasted = ({ since, updated }: Finding): string => age(parseTime(updated) - parseTime(since));

/** What an episode is about: the member its title names, how much of it, how large it has become. */
function episodeSubject(episode: EpisodeFinding): string {
  const { members, window_ms: window } = episode.result;
  const lasted = writeLasted(episode);
  const groups = new Set(members.map((member) => member.group_id)).size;
  const top = members.find(({ label }) => label !== '' && episode.title.startsWith(label)) ?? members[0]!;
  const amount = `, ${count(top.count)}${window === undefined ? '' : ` in ${age(window)}`}`;
  const extent = `${count(members.length)} ${members.length === 1 ? 'pattern' : 'patterns'}, ${count(groups)} ${groups === 1 ? 'group' : 'groups'}, ${lasted}`;
  return sentences([`${top.label}: ${top.state}${amount}`, extent]);
}

/** What helps at once: what all have in common, what changed before, what it looks like. */
function episodeEvidence({ result, group_id: group }: EpisodeFinding): string {
  const common = result.in_common.map(({ value }) => value).join(' ');
  const change = result.changes.at(-1);
  const [past] = result.seen_before;
  const note = past ? [past.note, past.link].filter(Boolean).join(', ') : '';
  return sentences([
    common || group,
    change ? `After ${change.text}` : '',
    past ? `Like ${past.id.slice(0, 4)}, ${dayAndMonth(parseTime(past.at))}${note ? ` (${note})` : ''}` : '',
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
  const isWhole = hasOwnResult(finding);
  const isEpisode = isWhole && finding.type === 'episode' && finding.result.members.length > 0;
  const amount = isWhole ? writeAmount(finding) : '';
  const subject = isEpisode ? episodeSubject(finding) : sentences([`${finding.title.replace(/\.$/, '')}${amount}`, writeLasted(finding)]);
  const evidence = isEpisode ? episodeEvidence(finding) : sentences([finding.group_id]);
  return [tidy(`[${word}] ${subject}`, longest), `${tidy(evidence, longest - id.length - 1)} ${id}`];
}

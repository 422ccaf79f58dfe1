import type { AskedBlip, Check } from '../rules/checks.ts';
import type { BlipLine, Decision, FindingLine, GroupLine, SinkDecision } from './decision.ts';

export const joinSinks = (own: readonly SinkDecision[]): string => [...new Set(own.map(({ sink }) => sink))].join(', ');
export const sum = <K extends string>(lines: readonly Record<K, number>[], key: K): number => lines.reduce((all, one) => all + one[key], 0);
export const newest = (lines: readonly GroupLine[]): string => lines.reduce((last, one) => (one.last > last ? one.last : last), '');
export const strongest = (blips: readonly BlipLine[]): BlipLine => blips.reduce((a, b) => (b.score > a.score ? b : a));

/** The finding that came farthest: one that fires before one that only might, the newest among equals. */
export function worst(findings: readonly FindingLine[]): FindingLine | null {
  const rank = ({ state }: FindingLine) => ['pending', 'resolved', 'acked', 'firing'].indexOf(state);
  const last = new Map<string, FindingLine>();
  for (const one of findings) if (one.type !== 'episode') last.set(one.id, merge(last.get(one.id), one));
  return [...last.values()].reduce<FindingLine | null>((a, b) => (a && rank(a) > rank(b) ? a : b), null) ?? findings.at(-1) ?? null;
}

/** What held a finding back is kept of it although it was over later. */
const merge = (before: FindingLine | undefined, after: FindingLine): FindingLine =>
  before && after.state === 'resolved'
    ? {
        ...after,
        state: before.state === 'pending' ? 'pending' : after.state,
        settling: after.settling ?? before.settling,
        usual_at: after.usual_at ?? before.usual_at,
        silenced_until: after.silenced_until ?? before.silenced_until,
        episode: after.episode ?? before.episode,
      }
    : after;

export const isPattern = (
  { group_id: group, template_id: template, topic_id: topic, label }: BlipLine,
  subject: string,
  isGroup: boolean,
): boolean =>
  isGroup
    ? group === subject
    : template.startsWith(subject) || topic.startsWith(subject) || label.toLowerCase().includes(subject.toLowerCase());

export const isAbout = ({ group, template, topic, id, title }: FindingLine, subject: string, isGroup: boolean): boolean =>
  isGroup
    ? group === subject
    : [id, template, topic].some((one) => one?.startsWith(subject) === true) || title.toLowerCase().includes(subject.toLowerCase());

/** Of what was sent to one, the most that is listed. */
const mostSent = 4;

/** `opened 2026-03-14 02:54:45Z (202), resolved 03:10:00Z (202)`: what was sent to a sink, when and with what answer, the last of each kind. */
export function writeSent(sent: readonly SinkDecision[]): string {
  const last = [...new Map(sent.map((one) => [one.why, one])).values()];
  let day = '';
  const written = last.slice(-mostSent).map(({ wall, why, answer }) => {
    const [date = '', time = ''] = wall.split('T');
    const when = `${date === day ? '' : `${date} `}${time.slice(0, 8)}Z`;
    day = date;
    return `${why} ${when} (${answer ?? '-'})`;
  });
  return written.join(', ');
}

/** Characters of an id from which it can be meant. */
const leastId = 4;

/** When the newest finding began whose id begins so, milliseconds; null where none does, or a group is called so. */
export function findBeginning(subject: string, decisions: readonly Decision[]): number | null {
  if (subject.length < leastId) return null;
  let since: string | null = null;
  for (const one of decisions) {
    if (one.kind === 'group' && one.group === subject) return null;
    if (one.kind === 'finding' && one.id.startsWith(subject) && (since === null || one.since > since)) since = one.since;
  }
  return since === null ? null : Date.parse(since);
}

export const writeCheck = ({ name, wanted, value, holds }: Check, blip: AskedBlip): string =>
  `${name} ${value(blip)}${holds(blip) ? '' : `, not ${wanted}`}: ${holds(blip) ? 'yes' : 'no'}`;

/** As much of a pattern as rules ask for. */
export function asBlip({ example, learning, ...line }: BlipLine): AskedBlip {
  return { ...line, why: learning ? { learning: true } : {}, exemplars: [{ event_id: '', timestamp: '', text: example }] };
}

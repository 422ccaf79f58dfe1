import { digest } from '../../base/digest.ts';
import { toIso } from '../../event.ts';
import type { EpisodeFinding, FindingState, Severity } from '../../signal.ts';
import type { EpisodeResult, SharedValue } from '../../results/episodeResult.ts';
import { rankCauses } from '../causes/rankCauses.ts';
import { findCommonFields } from '../commonFields.ts';
import { judgeCourse } from '../course.ts';
import { makeFinding } from '../makeFinding.ts';
import type { Change } from '../answers/changes.ts';
import { rank, describeMember, type Member } from './member.ts';
import { findSimilar, type PastEpisode } from './pastEpisode.ts';
import { findShared } from './names.ts';

/** What moves together, under one id for its whole life. Plain data; times are milliseconds. */
export interface Episode {
  id: string;
  since: number;
  /** In order of time. */
  members: Member[];
  /** Members beyond the most that are held. */
  more: number;
  /** When the last one began to move: who moves soon after belongs to it. */
  joined: number;
  /** When it is emitted for the first time. */
  due: number;
  /** When it was last emitted on its own account; null before. */
  emitted: number | null;
  /** States and counts as they were last emitted. */
  summary: string;
  repeats: number;
  /** Calm windows in a row. */
  clear: number;
  /** The member that moved first when it was first emitted, and of how many groups it was then: its title for good. */
  first?: { id: string; label: string; group: string; topic?: string; groups: number };
}

/** Members of an episode that are held by name. */
const mostMembers = 64;
const mostChanges = 3;
const mostShared = 3;

const inOrder = (a: Member, b: Member) => a.at - b.at || (a.id < b.id ? -1 : 1);

/** An episode of these members; emitted after `wait`. Its id is that of what moved first, and when. */
export function startEpisode(members: readonly Member[], now: number, wait: number): Episode {
  const sorted = [...members].sort(inOrder);
  const [first] = sorted;
  return {
    id: digest(`episode\0${first!.id}\0${first!.at}`),
    since: first!.at,
    members: sorted,
    more: 0,
    joined: sorted.at(-1)!.at,
    due: now + wait,
    emitted: null,
    summary: '',
    repeats: 0,
    clear: 0,
  };
}

/** Who moved earlier but was seen later moves the start, never the id. */
export function join(episode: Episode, member: Member): void {
  if (episode.members.length >= mostMembers) {
    episode.more += 1;
    return;
  }
  episode.members = [...episode.members, member].sort(inOrder);
  episode.since = Math.min(episode.since, member.at);
  episode.joined = Math.max(episode.joined, member.at);
  episode.clear = 0;
}

const countGroups = ({ members }: Episode): number => new Set(members.map(({ group }) => group)).size;

/** How far apart two may begin to move, one after the other, and still be one burst, milliseconds. */
const apart = 180_000;

/** The most that moved one soon after the other: what moved alone long before the rest only happens to be of the same minutes. */
function findBurst(members: readonly Member[]): readonly Member[] {
  const bursts: Member[][] = [];
  for (const member of members) {
    const last = bursts.at(-1)?.at(-1);
    if (last && member.at - last.at <= apart) bursts.at(-1)!.push(member);
    else bursts.push([member]);
  }
  return bursts.reduce((most, one) => (one.length > most.length ? one : most));
}

/**
 * What moved first: of what is trouble by its own lines, before what has only stopped and whose time is known no better than
 * to the window; else of all.
 */
export function findFirst(episode: Pick<Episode, 'members'>): Member {
  const members = findBurst(episode.members);
  const grave = members.find(({ line, severity, state }) => line !== undefined && severity !== 'info' && state !== 'gone');
  return grave ?? members.find(({ state }) => state !== 'gone' && state !== 'no data') ?? members[0]!;
}

/** Fixes the title of an episode that is emitted for the first time. */
export function entitle(episode: Episode): void {
  if (episode.first) return;
  const { id, label, group, topic } = findFirst(episode);
  episode.first = { id, label, group, ...(topic === undefined ? {} : { topic }), groups: countGroups(episode) };
}

/** What changes from window to window in what is emitted of an episode. */
export const summarize = ({ members, more }: Episode): string =>
  `${more} ${members.map(({ id, state, count }) => `${id} ${state} ${count}`).join()}`;

/** The member that names the episode: the gravest, then the one that stands out most, then the first. */
export const head = ({ members }: Episode): Member =>
  members.reduce((a, b) => ((rank[b.severity] - rank[a.severity] || b.peakScore - a.peakScore) > 0 ? b : a));

export interface Around {
  now: number;
  clearAfter: number;
  /** Those near it, oldest first. */
  changes: readonly Change[];
  /** All that are known, oldest first. */
  allChanges: readonly Change[];
  past: readonly PastEpisode[];
}

/** The finding an episode is emitted as. */
export function describeEpisode(
  episode: Episode,
  state: FindingState,
  { now, clearAfter, changes, allChanges, past }: Around,
): EpisodeFinding {
  const { id, since, members } = episode;
  const loudest = head(episode);
  const first = episode.first ?? { ...findFirst(episode), groups: countGroups(episode) };
  const severity = members.reduce<Severity>((worst, member) => (rank[member.severity] > rank[worst] ? member.severity : worst), 'info');
  const width = Math.max(...members.map((member) => member.width));
  const causes = rankCauses(members, {
    since,
    near: changes,
    changes: allChanges,
    past: past.map(({ began = [], changed = null }) => ({ began, changed })),
  });
  return makeFinding({
    id,
    rule: 'episodes',
    type: 'episode',
    state,
    severity,
    group: first.group,
    title: first.label,
    since,
    updated: Math.max(now, since),
    result: {
      score: Math.max(...members.map((member) => member.peakScore)),
      ...(width > 0 ? { window_ms: width } : {}),
      // Of what is over, the worst is shown: now all are calm.
      members: members.map((member) => describeMember(state === 'resolved' ? { ...member, count: member.farthest } : member)),
      ...(episode.more > 0 ? { more_members: episode.more } : {}),
      groups: countGroups(episode),
      changes: changes.slice(-mostChanges).map(({ at, text }) => ({ at: toIso(at), text })),
      in_common: findCommon(members),
      first: {
        topic_id: first.topic ?? first.id,
        ...(first.topic === undefined ? {} : { template_id: first.id }),
        group_id: first.group,
        groups: first.groups,
      },
      ...describeRate(loudest),
      ...describeCourse(members),
      ...describeLines(members.find(({ id: one }) => one === first.id) ?? members[0]!, loudest),
      ...describeFields(members.find(({ id: one }) => one === first.id)),
      ...(causes.length > 0 ? { came_first: causes } : {}),
      seen_before: findSimilar(members, past),
      clear_windows: episode.clear,
      clear_needed: clearAfter,
      ...(episode.repeats > 0 ? { repeats: episode.repeats } : {}),
      ...(state === 'resolved' ? { lasted_ms: Math.max(0, now - since) } : {}),
    },
  });
}

/** What the lines have in common by their fields, then by the names in them; no value twice. */
function findCommon(members: readonly Member[]): SharedValue[] {
  const fields = findCommonFields(members.map((member) => member.fields ?? []));
  const names = findShared(members).filter(({ value }) => !fields.some((field) => field.value === value));
  return [...fields, ...names].slice(0, mostShared);
}

const describeRate = ({ kind, label, count, usual = null, width, early = false }: Member): Pick<EpisodeResult, 'rate'> =>
  kind === 'pattern' && width > 0 ? { rate: { label, count, usual, window_ms: width, ...(early ? { open: true } : {}) } } : {};

/** Of what there is too much of, all together; where something has only stopped there is no course. */
function describeCourse(members: readonly Member[]): Pick<EpisodeResult, 'course'> {
  const up = members.filter(({ closed, farthest, before }) => closed !== undefined && farthest > before);
  const sum = (at: 0 | 1) => up.reduce((all, { closed }) => all + closed![at], 0);
  const found = up.length > 0 ? judgeCourse(sum(0), sum(1)) : null;
  return found === null ? {} : { course: found };
}

function describeLines(first: Member, loudest: Member): Pick<EpisodeResult, 'lines'> {
  const members = first === loudest ? [first] : [first, loudest];
  const lines = members.flatMap(({ line, group }) => (line ? [{ at: line.at, group_id: group, text: line.text }] : []));
  return lines.length > 0 ? { lines } : {};
}

const describeFields = (first: Member | undefined): Pick<EpisodeResult, 'fields'> =>
  first?.fields && first.fields.length > 0 ? { fields: first.fields } : {};

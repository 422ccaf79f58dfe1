import { toIso } from '../../event.ts';
import type { EpisodeMember } from '../../results/episodeResult.ts';
import { beginLevel } from '../../memory/ranking/beginLevel.ts';
import { hasMoved } from '../../memory/ranking/together.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import type { Blip, BlipField, Finding, Severity } from '../../signal.ts';
import { isLearning } from '../rules/checks.ts';
import type { Options } from './options.ts';
import { bounded, findNamesIn, findNames } from './names.ts';

/** A pattern, or a finding about no pattern, that moves. Plain data; times are milliseconds. */
export interface Member {
  id: string;
  /** Of a pattern the topic it is read as; absent where it was taken in before patterns were by template: then the id is the topic's. */
  topic?: string;
  kind: 'pattern' | 'finding';
  group: string;
  /** When it began to move, as exactly as is known. */
  at: number;
  state: string;
  /** Its count in the last window it is known from. */
  count: number;
  label: string;
  severity: Severity;
  score: number;
  /** Highest score while it moved. */
  peakScore: number;
  /** What was usual before, and the count that was farthest from it. */
  before: number;
  farthest: number;
  /** Names in it: hosts, volumes, objects. */
  names: string[];
  /** Windows in a row in which memory finds nothing in it; their length; the end of the last one it was seen in. */
  settled: number;
  width: number;
  seen: number;
  /** Memory finds something in it in that window. */
  news: boolean;
  calm: boolean;
  /** It was on before there was anything to compare with: it belongs with what else was, and with nothing that came. */
  already_on?: boolean;
  /** Only an early result is known of it: what is usual is known for a part of the window, not for all of it. */
  early?: boolean;
  /** Its count in the whole window before the last whole one, and in that. */
  closed?: [before: number, now: number];
  usual?: number | null;
  /** A line of it: the first of this time that is known. */
  line?: { at: string; text: string };
  fields?: BlipField[];
}

/** Windows without news after which a new rate counts as the usual one. */
const usualAfter = 12;
/** Share of the way from the farthest count back to the usual that may be left. */
const nearEnough = 0.25;
const errorRank = rankLevel('ERROR');
const warnRank = rankLevel('WARN');

/** Whether a pattern moves in a way that counts. While its group is learned, what is new does not, nor does what comes of a change that settles, or at its usual hour. */
export const moves = (blip: Blip, { states, minScore }: Options): boolean =>
  (states as string[]).includes(blip.state) &&
  blip.score >= minScore &&
  hasMoved(blip.state, blip.bits) &&
  !isLearning(blip) &&
  blip.settling === undefined &&
  blip.usual_at === undefined;

/** Whether it came for the first time while its group was learned. */
export const isLearnedAnew = (blip: Blip): boolean => !blip.open && blip.first_seen >= blip.start && isLearning(blip);

export function startMember(blip: Blip, now: number): Member {
  const { template_id: id, topic_id: topic, group_id: group, state, count } = blip;
  const before = usualBefore(blip);
  const width = Date.parse(blip.end) - Date.parse(blip.start);
  const member: Member = {
    id,
    topic,
    kind: 'pattern',
    group,
    at: beginning(blip, now),
    state,
    count,
    label: blip.label,
    severity: 'info',
    score: 0,
    peakScore: 0,
    before,
    farthest: before,
    names: [],
    settled: 0,
    width,
    seen: 0,
    news: true,
    calm: false,
    ...(blip.open ? { early: true } : {}),
  };
  follow(member, blip);
  return member;
}

/** What was usual before it moved. */
const usualBefore = ({ state, usual }: Blip): number => (state === 'new' || state === 'returning' ? 0 : (usual ?? 0));

/** Takes what the pattern does in a further window. */
export function follow(member: Member, blip: Blip): void {
  const { state, count, score } = blip;
  if (member.early && !blip.open) {
    member.before = usualBefore(blip);
    delete member.early;
  }
  Object.assign(member, {
    count,
    score,
    label: blip.label,
    news: state !== 'steady' && hasMoved(state, blip.bits),
    seen: Math.max(member.seen, Date.parse(blip.end)),
  });
  member.usual = blip.usual;
  if (!blip.open) member.closed = [blip.trend.at(-2) ?? 0, count];
  if (blip.fields) member.fields = blip.fields;
  member.line ??= firstLine(blip, member.at);
  // What came is called new for as long as it lasts, and that it is no longer news is no reason to forget that it was.
  const came = member.state === 'new' || member.state === 'returning';
  if (!came && state !== 'steady' && state !== 'falling') member.state = state;
  member.peakScore = Math.max(member.peakScore, score);
  if (Math.abs(count - member.before) > Math.abs(member.farthest - member.before)) member.farthest = count;
  const severity = judgeSeverity(blip);
  if (rank[severity] > rank[member.severity]) member.severity = severity;
  member.names = bounded([...member.names, ...findNames(blip)]);
}

/** A finding that is about no pattern, such as a budget or a group that went silent. */
export function findingMember(finding: Finding): Member {
  const isOld = finding.type === 'rule' && finding.result.already_on === true;
  const since = Date.parse(isOld ? finding.updated : finding.since);
  const state = finding.type === 'rule' && finding.result.no_data === true ? 'no data' : 'firing';
  return {
    id: finding.id,
    kind: 'finding',
    group: finding.group_id,
    at: since,
    state,
    count: 1,
    label: finding.title,
    severity: finding.severity,
    score: 0,
    peakScore: 0,
    before: 0,
    farthest: 1,
    names: bounded(findNamesIn(finding.title)),
    settled: 0,
    width: 0,
    seen: since,
    news: true,
    calm: false,
    ...(isOld ? { already_on: true } : {}),
    ...takeEvidence(finding),
  };
}

/** What a finding about a pattern says of its lines. */
function takeEvidence(finding: Finding): Pick<Member, 'line' | 'fields'> {
  if (finding.type !== 'rule') return {};
  const { lines: [line] = [], fields } = finding.result;
  return { ...(line ? { line: { at: line.at, text: line.text } } : {}), ...(fields ? { fields } : {}) };
}

/**
 * Looks at a pattern when the window that ends at `end` is over: calm when its count is back below where it began. What is
 * no trouble in itself is calm as well when it is near the usual, and when memory has found nothing in it for so long that
 * this is the usual now; that memory got used to an error or a warning is no reason to forget it.
 */
export function settle(member: Member, end: number): void {
  const wasSeen = member.seen === end;
  const count = wasSeen ? member.count : 0;
  member.settled = wasSeen && member.news ? 0 : member.settled + 1;
  const isGrave = member.severity !== 'info' && member.farthest > member.before;
  const isBack = Math.abs(count - member.before) <= nearEnough * Math.abs(member.farthest - member.before);
  member.calm = isGrave ? count < beginLevel(member.before) : isBack || member.settled >= usualAfter;
}

export const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** An error that was not there before is critical; more of a known one, a warning and something that stopped are warnings. */
function judgeSeverity({ state, level }: Blip): Severity {
  const grave = rankLevel(level ?? undefined);
  if (grave >= errorRank && (state === 'new' || state === 'returning')) return 'critical';
  return grave >= warnRank || state === 'gone' ? 'warning' : 'info';
}

/** The first of the lines that are kept from this time on, else the latest of all. */
function firstLine({ exemplars }: Blip, from: number): { at: string; text: string } | undefined {
  const one = exemplars.find(({ timestamp }) => Date.parse(timestamp) >= from) ?? exemplars.at(-1);
  return one && { at: one.timestamp, text: one.text.slice(0, 500) };
}

/** When it began: its first line ever, else the earliest of its lines in the window that are known, else the window's start. */
function beginning({ state, start, first_seen: first, exemplars, open }: Blip, now: number): number {
  const from = Date.parse(start);
  if (state === 'gone') return from;
  if (Date.parse(first) >= from) return Date.parse(first);
  const known = exemplars.map(({ timestamp }) => Date.parse(timestamp)).filter((time) => time >= from && time <= now);
  return known.length > 0 ? Math.min(...known) : open ? now : from;
}

/** A member as the finding names it. */
export const describeMember = ({ id, topic, group, at, state, count, label }: Member): EpisodeMember => ({
  topic_id: topic ?? id,
  ...(topic === undefined ? {} : { template_id: id }),
  group_id: group,
  at: toIso(at),
  state,
  count,
  label,
});

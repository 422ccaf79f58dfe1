import { viewMembers } from '../../board/viewEpisodes.ts';
import { splitPattern, splitText } from '../../board/patternParts.ts';
import { viewBlip, viewFinding } from '../../board/viewBoard.ts';
import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import { findMembers } from '../../findings/findMembers.ts';
import { findGuess, findLabel, withoutGuesses } from '../../findings/guesses/guessMark.ts';
import { writeComparison } from '../../findings/incidents/comparison.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import { blipOfRecord, readJudged, type Judged, type TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { Blip, Mark, Radar } from '../../signal.ts';
import { bitTerms } from '../../views/explain/bitTerms.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import type { EpisodeAnswer, PatternAnswer } from '../../web/api/answers.ts';
import { describeContext } from '../context/describeContext.ts';
import type { Known, Target } from './known.ts';
import { measureReach } from './measureReach.ts';

type PatternTarget = Extract<Target, { kind: 'pattern' }>;
type FindingTarget = Extract<Target, { kind: 'finding' }>;

/** Its line: of the row that was asked for, in its strongest window where it is shown as what was, else in its last. Throws CAD002 without one. */
export function findBlip({ topic, row, recall }: PatternTarget): Blip {
  const blip = row ?? blipOfRecord({ ...topic, judged: findEarlier(recall.radar, topic) ?? topic.judged });
  if (blip) return blip;
  throw new CaducusError('CAD002', {}, `${topic.label}: no window with it has closed yet`, {
    hint: `caducus context ${topic.topic_id} shows what is known of it.`,
  });
}

/** Its line in its strongest window, when the last radar shows it as what was; null when it does not. */
function findEarlier(radar: Radar | null, { topic_id: topic, group_id: group }: TopicRecord): Judged | null {
  const was = radar?.earlier?.find((blip) => blip.topic_id === topic && blip.group_id === group);
  return was ? readJudged(was) : null;
}

/** All there is to say of a pattern; `marks` are those of the data folder. */
export function describePattern(target: PatternTarget, blip: Blip, marks: readonly Mark[]): PatternAnswer {
  const { topic, topics, recall } = target;
  const context = describeContext(target, { topic }, { near: [], by: 'lexical' }, marks);
  const ids = new Set([topic.topic_id, ...(topic.merged ?? [])]);
  const { same_minutes: minutes } = context;
  const named = [...(minutes?.before ?? []), ...(minutes?.during ?? []), ...(minutes?.after ?? [])].map(({ topic_id: id }) => id);
  const shown = new Set([...named, ...(context.usually_before ?? []).map(({ topic_id: id }) => id), ...(blip.together ?? [])]);
  const guessed = findLabel(marks, ids);
  const { terms, sum } = bitTerms(blip, shortIds([blip.topic_id, ...(blip.together ?? [])]));
  return {
    kind: 'pattern',
    of: recall.name,
    blip: viewBlip(blip),
    why: { terms, bits: sum },
    history: {
      first: topic.first_seen,
      last: topic.last_seen,
      memory_ms: measureReach(topics, recall.as_of),
      count_7d: topic.count_7d,
      parts: topic.history,
      moves: topic.moves,
    },
    templates: topic.members.map((member) => ({ ...member, parts: splitText(member.pattern) })),
    notes: aboutAny(marks, ids),
    ...(guessed && { label: guessed }),
    findings: recall.findings
      .filter(({ state }) => state !== 'resolved')
      .filter((finding) => [finding.topic_id, ...findMembers(finding)].some((id) => id !== undefined && ids.has(id)))
      .map(({ id, type, state, title }) => ({ id, type, state, title })),
    context,
    known: Object.fromEntries(
      topics.filter(({ topic_id: id }) => shown.has(id)).map((one) => [one.topic_id, { label: one.label, parts: splitPattern(one) }]),
    ),
  };
}

/** All there is to say of an episode, or of another finding. */
export function describeFinding({ finding, topics, recall }: FindingTarget, marks: readonly Mark[]): EpisodeAnswer {
  const rows = indexRows({ topics, recall });
  const own = isEpisode(finding) ? finding : null;
  const about = finding.topic_id === undefined ? undefined : rows.get(finding.topic_id);
  const members = own ? viewMembers(own, rows) : about ? [makeMember(about, Date.parse(finding.since))] : [];
  const first = topics.find(({ topic_id: id }) => id === (members[0]?.topic_id ?? finding.topic_id));
  const context = first && describeContext({ recall, topics }, { topic: first }, { near: [], by: 'lexical' }, marks);
  const { change } = finding.result;
  const guess = findGuess(marks, finding.id);
  const changes = own ? own.result.changes : change ? [change] : [];
  const past = (context?.past_episodes ?? []).filter(({ id }) => id !== finding.id);
  return {
    kind: 'finding',
    of: recall.name,
    finding: viewFinding(finding, rows),
    as_of: recall.as_of,
    notes: aboutAny(marks, new Set([finding.id])),
    ...(guess && { guess }),
    ...(own && { compare: writeComparison(own) }),
    members,
    series: members.flatMap(({ row }) => (row ? [makeSeries(row)] : [])),
    changes,
    past_episodes: past,
    past_members: listPastMembers([...(own?.result.seen_before ?? []), ...past], { topics, recall }),
    usually_before: [...(context?.usually_before ?? [])],
  };
}

/** The last line of each topic: as it stands on the radar, else as it was judged last. */
function indexRows({ topics, recall }: Known): Map<string, Blip> {
  const rows = new Map<string, Blip>();
  for (const topic of topics) {
    const blip = blipOfRecord(topic);
    if (blip) rows.set(topic.topic_id, blip);
  }
  for (const blip of recall.radar?.blips ?? []) if (blip.volume === undefined && !blip.measure) rows.set(blip.topic_id, blip);
  return rows;
}

/** When the members of past episodes first moved, as far as these are still known; patterns by the ids that they have now. */
function listPastMembers(past: readonly { id: string }[], { topics, recall }: Known): EpisodeAnswer['past_members'] {
  const current = new Map(topics.flatMap(({ topic_id: id, merged = [] }) => merged.map((one) => [one, id] as const)));
  const known = new Map(recall.findings.filter(isEpisode).map((finding) => [finding.id, finding]));
  return [...new Set(past.map(({ id }) => id))].flatMap((id) => {
    const finding = known.get(id);
    if (!finding) return [];
    const members = finding.result.members.map(({ topic_id: topic, at }) => ({
      topic_id: current.get(topic) ?? topic,
      offset_ms: Date.parse(at) - Date.parse(finding.since),
    }));
    return [{ id, members: members.sort((a, b) => a.offset_ms - b.offset_ms) }];
  });
}

function makeMember(blip: Blip, since: number): EpisodeAnswer['members'][number] {
  const { topic_id, group_id, state, count, label } = blip;
  const row = viewBlip(blip);
  return { topic_id, group_id, offset_ms: Math.max(0, Date.parse(blip.start) - since), state, count, label, parts: row.parts, row };
}

function makeSeries({ topic_id, start, end, trend }: Blip): EpisodeAnswer['series'][number] {
  const cell = Date.parse(end) - Date.parse(start);
  return { topic_id, from: toIso(Date.parse(end) - cell * trend.length), cell_ms: cell, counts: trend };
}

const aboutAny = (marks: readonly Mark[], ids: ReadonlySet<string>): Mark[] =>
  withoutGuesses(marks).filter(({ target }) => ids.has(target));

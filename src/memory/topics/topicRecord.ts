import { toIso, type Level } from '../../event.ts';
import type { Blip, RateState } from '../../signal.ts';
import { listFacts, listTemplates, type TopicFacts } from '../judge/makeBlip.ts';
import type { GroupMemory } from '../groupMemory.ts';
import { makePattern } from './label.ts';
import { levelAt } from '../judge/levelRank.ts';
import { countSince, mergePast, PART, startPast, type Past } from '../patterns/past.ts';
import type { Pattern } from '../patterns/pattern.ts';

const WEEK = 7 * 86_400_000;
/** Templates a record shows, those with most lines first, and those it names. */
const MEMBERS = 16;
const NAMED = 1024;

/** When a topic moved: did something else than usual. Times ISO 8601 UTC. */
export interface MoveRecord {
  at: string;
  until: string;
  state: RateState;
  count: number;
  usual: number | null;
}

/** One topic as it is kept on disk for people and for `explain` and `context`: plain JSON, derived, never read back by the engine. */
export interface TopicRecord extends TopicFacts {
  /** Constants of the founding template: what its meaning is taken from. */
  text: string;
  /** Worst level ever. */
  level: Level | null;
  /** Ids of its templates. */
  template_ids: string[];
  /** Templates by the number of lines. */
  members: { template_id: string; pattern: string; count: number }[];
  /** What went into it: templates that became one, topics folded into it, oldest first. */
  lineage: { merged: 'template' | 'topic'; from: string; into: string; at: string }[];
  /** Oldest first, the last eight. */
  moves: MoveRecord[];
  /** Events in each six hours of the last week, oldest first; those without one are left out. */
  history: { from: string; count: number }[];
  /** Events in the seven days before the record was made. */
  count_7d: number;
  /** Its line in the last window it was judged in; null when it was in none. */
  judged: Judged | null;
}

/** The part of a blip that is of one window. */
export type Judged = Pick<Blip, 'start' | 'end' | 'open' | 'count' | 'usual' | 'state' | 'score' | 'bits' | 'why' | 'trend' | 'level'> &
  Partial<Pick<Blip, 'template_id' | 'members' | 'together'>>;

/** The records of a group's topics that came at `since` or later, in founding order, as of `now`; event times in milliseconds. */
export function makeRecords({ known, patterns, group }: GroupMemory, now: number, since = Number.NEGATIVE_INFINITY): TopicRecord[] {
  const topics = Array.from(known.topics.all()).filter(({ last }) => last >= since);
  return topics.map((topic) => {
    const past = readPast(patterns.in(topic));
    return {
      ...listFacts(topic, known.index, group, now),
      text: topic.text,
      level: levelAt(topic.level),
      template_ids: topic.templates.slice(0, NAMED),
      members: listTemplates(topic, known.index)
        .slice(0, MEMBERS)
        .map((template) => ({ template_id: template.id, pattern: makePattern(template), count: template.count })),
      lineage: topic.lineage.map((one) => ({ ...one, at: toIso(one.at) })),
      moves: past.moves.map(({ at, until, ...rest }) => ({ at: toIso(at), until: toIso(until), ...rest })),
      history: past.parts.map(([part, count]) => ({ from: toIso(part * PART), count })),
      count_7d: countSince(past, now, WEEK),
      judged: null,
    };
  });
}

/** What its patterns did, as one. */
function readPast(patterns: readonly Pattern[]): Past {
  const past = startPast();
  for (const one of patterns) mergePast(past, { moves: one.past.moves, parts: one.past.parts });
  return past;
}

/** The part of a blip that is of its window. */
export function readJudged({
  template_id,
  members,
  start,
  end,
  open,
  count,
  usual,
  state,
  score,
  bits,
  why,
  trend,
  level,
  together,
}: Blip): Judged {
  return {
    template_id,
    ...(members ? { members } : {}),
    start,
    end,
    open,
    count,
    usual,
    state,
    score,
    bits,
    why,
    trend,
    level,
    ...(together ? { together } : {}),
  };
}

/** The blip of a record as it was last judged; null when it never was. */
export function blipOfRecord({
  text: _text,
  template_ids: ids,
  members: _members,
  lineage: _lineage,
  moves: _moves,
  history: _history,
  count_7d: _week,
  judged,
  ...facts
}: TopicRecord): Blip | null {
  return judged && { ...facts, ...judged, template_id: judged.template_id ?? ids[0] ?? facts.topic_id };
}

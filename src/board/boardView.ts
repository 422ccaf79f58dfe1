import { z } from 'zod';
import type { Blip, EarlierBlip, Finding, Mark, Radar } from '../signal.ts';

/** Pieces of a pattern. */
export const part = z.object({
  kind: z.enum(['text', 'slot', 'value']).describe('Constant text, the type of a variable place, or the one value that was seen there.'),
  text: z.string().describe('What is printed. The texts of all parts joined are the pattern.'),
  type: z.string().optional().describe('Type of the place: `host`, `path`, `n`, `*`; of constant text none.'),
});

const time = z.string().describe('ISO 8601 UTC.');
const peak = z.object({
  start: time,
  end: time,
  score: z.number(),
  topic_id: z.string(),
  group_id: z.string(),
  label: z.string(),
});

/** A row of a radar, as `caducus radar --json` has it, with its pattern in pieces. */
export type BlipView = Blip & { parts: z.output<typeof part>[] };
export type EarlierView = EarlierBlip & { parts: z.output<typeof part>[] };
export type RadarView = Omit<Radar, 'blips' | 'earlier'> & { blips: BlipView[]; earlier?: EarlierView[] };
export type FindingView = Finding & { parts: z.output<typeof part>[] };

const loose = <T>(keys: Record<string, z.ZodType>): z.ZodType<T> => z.looseObject(keys) as unknown as z.ZodType<T>;

export const row = loose<BlipView>({
  topic_id: z.string(),
  group_id: z.string(),
  state: z.string(),
  count: z.number(),
  usual: z.number().nullable(),
  score: z.number(),
  trend: z.array(z.number()),
  parts: z.array(part),
});
const earlier = loose<EarlierView>({ topic_id: z.string(), score: z.number(), until: time, parts: z.array(part) });
const radar = loose<RadarView>({
  start: time,
  end: time,
  open: z.boolean(),
  events: z.number(),
  patterns: z.number(),
  blips: z.array(row),
  earlier: z.array(earlier).optional(),
});
export const finding = loose<FindingView>({
  id: z.string(),
  type: z.string(),
  rule: z.string(),
  state: z.enum(['pending', 'firing', 'acked', 'resolved']),
  severity: z.string(),
  group_id: z.string(),
  title: z.string(),
  since: time,
  updated: time,
  result: z.looseObject({}),
  parts: z.array(part),
});
export const mark = loose<Mark>({ id: z.string(), type: z.string(), target: z.string(), who: z.string(), at: time });

const lane = z.object({
  group_id: z.string(),
  scores: z.array(z.number().nullable()).describe('Highest score of the group in each window; null where nothing could be seen.'),
  counts: z.array(z.number().nullable()).describe('Events in each window; null where nothing could be seen.'),
});

const group = z.object({
  group_id: z.string(),
  state: z.enum(['live', 'no data']).describe('`no data` where it is silent against its habit.'),
  last_seen: z.string().nullable().describe('Its newest event.'),
  quiet_ms: z.number().nullable().describe('From its newest event to the time of the board.'),
  usual_gap_ms: z.number().nullable().describe('How far apart its events are on average; null before that is known.'),
  events_per_second: z.number().nullable().describe('Of its last closed window.'),
  finding: z.string().optional().describe('The open finding that says that it has gone quiet.'),
});

const source = z.object({
  id: z.string(),
  received: z.number(),
  events_per_second: z.number().nullable(),
  behind_ms: z.number().nullable().describe('How far its newest record lies behind the clock.'),
  trouble: z.object({ since: time, why: z.string() }).optional().describe('It gives nothing: since when, and why.'),
});

export const member = z.object({
  topic_id: z.string(),
  group_id: z.string(),
  offset_ms: z.number().describe('From the first movement of the episode to the first of this pattern.'),
  state: z.string(),
  count: z.number(),
  label: z.string(),
  parts: z.array(part),
  row: row.optional().describe('Its line in the last window in which it was judged.'),
});

const episode = z.object({
  id: z.string(),
  members: z.array(member).describe('In the order of their first movement.'),
});

/** All that a person at the radar sees, as of the newest signal. */
export const boardView = z.object({
  version: z.literal(1),
  pipeline: z.string().describe('Name of the pipeline, or of what stands for one.'),
  now: time.describe('The clock of who made this.'),
  as_of: z.string().nullable().describe('Newest event time; null before the first event.'),
  live: z.boolean().describe('It goes on: a source of it ends only when it is stopped.'),
  problem: z.string().nullable().describe('What is wrong with the run, in words; null when nothing is.'),
  behind_ms: z.number().nullable().describe('How far the newest event lies behind the clock, of a live run.'),
  events_per_second: z.number().nullable().describe('Records that come in now; of what is over, events of the last window.'),
  window_ms: z.number().nullable().describe('Length of the windows.'),
  memory: z.object({ since: z.string().nullable().describe('First event of any pattern that was shown.'), groups: z.number() }),
  radar: radar.nullable().describe('The window that is shown: the open one when something of it is known, else the last that closed.'),
  findings: z.array(finding).describe('Open ones, the worst first and the oldest of equals first.'),
  over: z.array(finding).describe('The last that were resolved, the latest first.'),
  episodes: z.array(episode).describe('Of each open episode what it is made of.'),
  answers: z.array(mark).describe('Acks, silences and notes in force.'),
  changes: z.array(mark).describe('Changes, as they became known.'),
  silenced: z.record(z.string(), z.string()).describe('By what is silenced, until when.'),
  lanes: z.object({
    starts: z.array(z.string()).describe('Beginning of each window, oldest first.'),
    groups: z.array(lane).describe('The groups with the highest scores first.'),
    more: z.object({ groups: z.number(), highest: z.number() }).describe('Groups that are not listed, and the highest score among them.'),
  }),
  groups: z.array(group).describe('Whether each listed group can be seen.'),
  groups_live: z.object({ live: z.number(), all: z.number() }),
  sources: z.array(source).describe('The sources of the pipeline.'),
  stale: z
    .object({ groups: z.number(), of: z.number(), as_of: time, for_ms: z.number(), usual_gap_ms: z.number().nullable() })
    .nullable()
    .describe('Half of the groups or more can not be seen: what is shown is old. Null while they can.'),
  pulse: z.object({
    points: z.array(z.object({ start: time, events_per_second: z.number(), usual: z.number() })),
    band: z
      .object({ low: z.number(), high: z.number() })
      .nullable()
      .describe('Eight of ten windows had between `low` and `high` times what was usual; null before there are ten.'),
  }),
  calm: z.object({
    since: z.string().nullable().describe('Since when no line was unusual (40 or more); null while one is.'),
    unusual: peak.nullable().describe('The last line that was.'),
    highest: peak.nullable().describe('The highest score since then.'),
    last_fired: z.object({ id: z.string(), title: z.string(), resolved: time }).nullable(),
  }),
});

export type Part = z.output<typeof part>;
export type BoardView = z.output<typeof boardView>;
export type LaneView = z.output<typeof lane>;
export type GroupView = z.output<typeof group>;
export type SourceView = z.output<typeof source>;
export type MemberView = z.output<typeof member>;

import { z } from 'zod';
import { finding, mark, member, part, row } from '../../board/boardView.ts';

const time = z.string();
const ms = z.number().describe('Milliseconds.');

const neighbours = z.array(
  z.object({
    topic_id: z.string().optional(),
    text: z.string().describe('How it stands to this one, such as `29s later, 38x`; of a change its name.'),
  }),
);
const pastEpisode = z.object({
  id: z.string(),
  at: time,
  lasted_ms: z.number().nullable().describe('Null of one that goes on.'),
  values: z.array(z.string()).optional().describe('Values that stood in it.'),
  note: z.string().optional(),
  link: z.string().optional(),
});
const usuallyBefore = z.array(
  z.object({
    topic_id: z.string(),
    in: z.number().describe('In so many past episodes'),
    of: z.number().describe('of so many.'),
    earlier_ms: ms,
  }),
);

/** What `context` knows of a text, a pattern or a time. */
export const contextShape = z.looseObject({
  query: z.string(),
  as_of: time,
  searched: z.object({ patterns: z.number(), groups: z.number(), memory_ms: ms, by: z.string().describe('The embedder that compared.') }),
  nearest: z
    .array(
      z.object({
        match: z.number().nullable().describe('Cosine, 0 to 1; null where a moment was asked for.'),
        topic_id: z.string(),
        group_id: z.string(),
        state: z.string(),
        first_seen: time,
        last_seen: time,
        count_7d: z.number(),
        label: z.string(),
      }),
    )
    .describe('Nearest patterns, the best first.'),
  when: z
    .object({ from: time, to: time, counts: z.array(z.number()) })
    .optional()
    .describe('How often the nearest pattern came, in equal cells, the oldest first.'),
  same_minutes: z.object({ before: neighbours, during: neighbours, after: neighbours }).optional().describe('What else moved.'),
  usually_before: usuallyBefore.optional().describe('What came before it in past episodes.'),
  past_episodes: z.array(pastEpisode).optional(),
  values: z
    .array(z.object({ type: z.string(), values: z.array(z.object({ value: z.string(), count: z.number() })) }))
    .optional()
    .describe('Values behind the variable parts.'),
});

/** What `GET /api/patterns/ID` answers. */
export const patternShape = z.looseObject({
  kind: z.literal('pattern'),
  of: z.string().describe('The run that knows it.'),
  blip: row.describe('Its line, as the radar has it.'),
  why: z.object({
    terms: z
      .array(
        z.object({
          name: z.string(),
          words: z.string().describe('What was counted.'),
          bits: z.number(),
          added: z.boolean().describe('Whether it is part of the sum.'),
          note: z.string(),
        }),
      )
      .describe('The terms of its score.'),
    bits: z.number().describe('Their sum; the score is 100 (1 - 2^-(bits / 10)).'),
  }),
  history: z.looseObject({
    first: time,
    last: time,
    memory_ms: ms,
    count_7d: z.number(),
    parts: z
      .array(z.looseObject({ from: time, count: z.number() }))
      .describe('Events in each six hours of the last week; those without one are left out.'),
    moves: z
      .array(z.looseObject({ at: time, until: time, state: z.string(), count: z.number(), usual: z.number().nullable() }))
      .describe('When it stood out.'),
  }),
  templates: z.array(z.looseObject({ template_id: z.string(), pattern: z.string(), count: z.number(), parts: z.array(part) })),
  notes: z.array(mark).describe('What people said of it.'),
  findings: z
    .array(z.object({ id: z.string(), type: z.string(), state: z.string(), title: z.string() }))
    .describe('Open ones that it is part of.'),
  context: contextShape.describe('What moved in the same minutes, past episodes: as `caducus context ID --json`.'),
  known: z
    .record(z.string(), z.object({ label: z.string(), parts: z.array(part) }))
    .describe('The patterns that `context` names, by topic.'),
});

/** What `GET /api/episodes/ID` answers. */
export const episodeShape = z.looseObject({
  kind: z.literal('finding'),
  of: z.string().describe('The run that knows it.'),
  finding,
  as_of: z.string().nullable().describe('Newest event time of the run.'),
  notes: z.array(mark).describe('What people said of it.'),
  members: z.array(member).describe('What it is made of, in the order of first movement; of a finding about a pattern that one.'),
  series: z
    .array(z.object({ topic_id: z.string(), from: time, cell_ms: ms, counts: z.array(z.number()) }))
    .describe('How often each member came, cell by cell, up to its last window.'),
  changes: z.array(z.object({ at: time, text: z.string() })),
  past_episodes: z.array(pastEpisode).describe('That were like it.'),
  past_members: z
    .array(z.object({ id: z.string(), members: z.array(z.object({ topic_id: z.string(), offset_ms: ms })) }))
    .describe('Of past episodes whose members are still known, when each of these first moved, from the first of them.'),
  usually_before: usuallyBefore,
});

/** What `GET /api/why-not/ID` answers. */
export const whyNotShape = z.object({
  subject: z.string(),
  from: time.describe('The stretch that was asked about, half open.'),
  to: time,
  steps: z
    .array(z.object({ stage: z.string(), text: z.string(), stopped: z.literal(true).optional().describe('It went no further.') }))
    .describe('The places it came to, in their order.'),
  stopped: z.string().describe('The first place that stopped it; `sent` when none did.'),
});

/** What `GET /api/graph` answers. */
export const graphShape = z.object({
  name: z.string(),
  parts: z
    .array(
      z.object({
        type: z.enum(['source', 'operator', 'sink']),
        id: z.string(),
        verb: z.string().describe('As a pipeline file names it.'),
        from: z.array(z.string()).describe('What feeds it; `id.port` of a port. Of a source none.'),
        in: z.number().describe('Signals since the start.'),
        out: z.number(),
        in_rate: z.number().describe('A second, over the last few seconds.'),
        out_rate: z.number(),
        held: z.number().describe('What waits in it.'),
        lost: z.number().describe('What it refused, dropped or failed at.'),
        behind_ms: z.number().nullable().describe('How far the newest record of a live source lies behind the clock.'),
        trouble: z.string().nullable().describe('What keeps it from working.'),
      }),
    )
    .describe('Sources, operators and sinks, each behind those that feed it.'),
});

import { z } from 'zod';
import { cameFirst } from './cameFirst.ts';
import { course, fieldShare } from './course.ts';
import { standing } from './standing.ts';

const member = z.object({
  topic_id: z.string(),
  template_id: z.string().optional(),
  group_id: z.string(),
  at: z.string(),
  state: z.string(),
  count: z.number(),
  label: z.string(),
});
export type EpisodeMember = z.output<typeof member>;

/**
 * A name that members have in common, or with `field` a value that so many of their lines have, by the path of the field or by
 * what it is called in texts; `usual` is its share in other lines, 0 to 1, and `others` what most of those have instead.
 */
const shared = z.object({
  value: z.string(),
  in: z.number(),
  of: z.number(),
  field: z.string().optional(),
  usual: z.number().optional(),
  others: z.string().optional(),
});
export type SharedValue = z.output<typeof shared>;

const past = z.object({
  id: z.string(),
  at: z.string(),
  lasted_ms: z.number(),
  /** How many of this one's patterns it had. */
  patterns: z.number(),
  of: z.number(),
  note: z.string().optional(),
  link: z.string().optional(),
});
export type SeenBefore = z.output<typeof past>;

/** What moved together, in order of time; lengths of time in milliseconds, times ISO 8601 UTC. */
export const episodeResult = z.object({
  score: z.number(),
  /** Length of the windows its patterns are counted in; absent when it has none. */
  window_ms: z.number().optional(),
  members: z.array(member),
  /** Members beyond the most that are named. */
  more_members: z.number().optional(),
  groups: z.number(),
  changes: z.array(z.object({ at: z.string(), text: z.string() })),
  in_common: z.array(shared),
  /** What moved first, and how many groups it was when it was first sent: the title, which never changes. */
  first: z.object({ topic_id: z.string(), template_id: z.string().optional(), group_id: z.string(), groups: z.number() }).optional(),
  /** The loudest of what is no good, in a window; `open` while its first window is not over. */
  rate: z
    .object({ label: z.string(), count: z.number(), usual: z.number().nullable(), window_ms: z.number(), open: z.boolean().optional() })
    .optional(),
  course: course.optional(),
  /** A line of what moved first, and one of the gravest beside it. */
  lines: z.array(z.object({ at: z.string(), group_id: z.string(), text: z.string() })).optional(),
  /** Of what moved first, the fields that most of its lines have the same value in. */
  fields: z.array(fieldShare).optional(),
  /** What came first, the most bits first; absent where nothing says. */
  came_first: z.array(cameFirst).optional(),
  seen_before: z.array(past),
  clear_windows: z.number(),
  clear_needed: z.number(),
  lasted_ms: z.number().optional(),
  ...standing,
});
export type EpisodeResult = z.output<typeof episodeResult>;

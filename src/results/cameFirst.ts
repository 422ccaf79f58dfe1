import { z } from 'zod';

/**
 * One thing that speaks for a cause, in bits: it began before the others (`order`: before `in` of `of` groups), it led in
 * past episodes (`precedents`), the lines of others name it (`named`), it was changed `just before`, or it is the value that
 * `in` of `of` lines have (`held`).
 */
const evidence = z.object({
  why: z.enum(['order', 'precedents', 'named', 'just before', 'held']),
  bits: z.number(),
  in: z.number().optional(),
  of: z.number().optional(),
  earlier_ms: z.number().optional(),
});
export type CauseEvidence = z.output<typeof evidence>;

/** What came first in an episode: a group, a change, or a value such as a version; never a proof. */
export const cameFirst = z.object({
  kind: z.enum(['group', 'change', 'value']),
  what: z.string(),
  group_id: z.string().optional(),
  /** What of the group moved first. */
  topic_id: z.string().optional(),
  at: z.string().optional(),
  bits: z.number(),
  /** Past episodes in which it was so, of those in which it could have been. */
  precedents: z.object({ in: z.number(), of: z.number() }).optional(),
  evidence: z.array(evidence),
});
export type CameFirst = z.output<typeof cameFirst>;

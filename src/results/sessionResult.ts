import { z } from 'zod';
import { standing } from './standing.ts';

/** A kind of unusual session: the newest of them, and how many there were. Times ISO 8601 UTC. */
export const sessionResult = z.object({
  /** The newest unusual session. */
  entity: z.string(),
  bits: z.number(),
  threshold: z.number(),
  tail: z.number(),
  set: z.number(),
  events: z.number(),
  start: z.string(),
  end: z.string(),
  /** The patterns that made it, the strangest first. */
  parts: z.array(
    z.object({
      pattern: z.string(),
      text: z.string(),
      count: z.number(),
      share: z.number(),
      median: z.number(),
      direction: z.enum(['more', 'fewer', 'missing', 'never before']),
      bits: z.number(),
    }),
  ),
  /** Unusual sessions of this kind since it began, some of them by name, and sessions learned in all. */
  unusual: z.number(),
  entities: z.array(z.string()),
  learned: z.number(),
  ...standing,
});
export type SessionResult = z.output<typeof sessionResult>;

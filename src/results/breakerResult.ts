import { z } from 'zod';
import { standing } from './standing.ts';

/** A transition of a breaker as plain data, with the names that `--json` prints. Times ISO 8601 UTC. */
export const breakerResult = z.object({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  generation: z.number(),
  at: z.string(),
  why: z.string(),
  /** The same in a few words. */
  reason: z.string(),
  retry_at: z.string().nullable(),
  waits_ms: z.array(z.number()),
  probes: z.number(),
  /** What was held back since it last left closed. */
  held: z.number(),
  /** What that means for what is behind it. */
  effect: z.string().nullable(),
  ...standing,
});
export type BreakerResult = z.output<typeof breakerResult>;

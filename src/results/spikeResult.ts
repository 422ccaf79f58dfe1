import { z } from 'zod';
import { standing } from './standing.ts';

/** One value of a series against what was usual, and which part of the score was the largest. Times ISO 8601 UTC. */
export const spikeResult = z.object({
  score: z.number(),
  threshold: z.number(),
  direction: z.enum(['up', 'down']),
  baseline: z.number(),
  contributors: z.array(z.object({ name: z.string(), baseline: z.number(), residual: z.number() })),
  top: z.object({ baseline: z.string(), scale: z.number() }),
  learned_points: z.number().optional(),
  /** How long it has learned, milliseconds, where that is known. */
  learned_ms: z.number().optional(),
  detector: z.string(),
  /** Field whose values they are, or `count`. */
  of: z.string().optional(),
  value: z.number(),
  usual: z.number(),
  /** Of a count: bits against chance of it, in this bucket. */
  chance_bits: z.number().optional(),
  /** Since it began. */
  duration_ms: z.number().optional(),
  /** The point that stood out most. */
  peak: z.object({ value: z.number(), score: z.number(), start: z.string() }).optional(),
  /** Bucket of the value, half open. */
  start: z.string(),
  end: z.string(),
  trend: z.array(z.number()),
  trend_cell_ms: z.number(),
  clear_windows: z.number(),
  clear_needed: z.number(),
  ...standing,
});
export type SpikeResult = z.output<typeof spikeResult>;

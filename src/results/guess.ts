import { z } from 'zod';

/** What a model can be asked for. */
export const guessParts = ['labels', 'summary', 'causes'] as const;
export type GuessPart = (typeof guessParts)[number];

const text = z.string().max(1000);
const id = z.string().max(64);

/** What a model made of patterns: nobody has checked it. */
export const guess = z.object({
  summary: text.optional(),
  /** Causes it finds likely, the likeliest first, and the patterns it names for each, by their ids. */
  causes: z
    .array(z.object({ text, patterns: z.array(id).max(64) }))
    .max(8)
    .optional(),
  /** A few words for a pattern, by its id. */
  labels: z.array(z.object({ id, text })).max(64).optional(),
});
export type Guess = z.output<typeof guess>;

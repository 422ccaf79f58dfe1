import { z } from 'zod';
import type { JsonObject } from '../event.ts';

const number = z.number().nullable().optional().catch(undefined);
const word = z.string().nullable().optional().catch(undefined);

/** The numbers behind the bits of a blip, as far as a page shows them; lengths of time in milliseconds. */
const blipWhy = z.object({
  seen: number,
  expected: number,
  burst: z.object({ minutes: z.number(), count: number, expected: number }).nullable().optional().catch(undefined),
  first_ever: z.boolean().optional().catch(undefined),
  new_per_day: number,
  severity_word: word,
  /** Share of its bits for which severity counts in what is long known. */
  severity_counts: number,
  moved_with: number,
});
export type BlipWhy = z.output<typeof blipWhy>;

/** Reads what a blip says for itself. It may come out of a file: what has not the right shape counts as absent. */
export const readWhy = (why: JsonObject): BlipWhy => blipWhy.parse(why);

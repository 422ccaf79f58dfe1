import { z } from 'zod';

/** How a finding stands to the budget of openings that its rule, or that all have. */
export const alarmStanding = z.object({
  /** What is allowed, as it was written: `1/week`. */
  allowed: z.string(),
  /** Findings that were opened in that length of time, this one included. */
  opened: z.number(),
  /** Bits against chance that it needed when it opened, and that it had; new and returning errors need none. */
  needed_bits: z.number().nullable(),
  bits: z.number(),
  /** How often a week chance alone would open as much, over all rules and groups of the budget. */
  a_week: z.number(),
  /** Too little is known of its group to say how often chance brings as much. */
  uncalibrated: z.boolean().optional(),
});
export type AlarmStanding = z.output<typeof alarmStanding>;

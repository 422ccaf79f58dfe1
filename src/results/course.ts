import { z } from 'zod';

/** What a count does from one window to the next. */
export const course = z.enum(['growing', 'steady', 'easing']);
export type Course = z.output<typeof course>;

/** A value that most lines have in a field, beside its share in the other lines of the group. */
export const fieldShare = z.object({
  name: z.string(),
  value: z.string(),
  in: z.number(),
  of: z.number(),
  usual: z.number().nullable(),
  others: z.string().optional(),
});

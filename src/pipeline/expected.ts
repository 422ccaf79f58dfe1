import { z } from 'zod';
import { duration } from '../../config/scalars.ts';

/** What may stand beside the verb of a source that goes on: what should come of it, and how often. */
export const expectedSchema = z.strictObject({
  expect: duration
    .refine((ms) => ms >= 1000, 'expected 1s or more')
    .optional()
    .describe('Something should come at least so often: when nothing does, that is a finding. On sources that go on.'),
  canary: z
    .strictObject({
      text: z.string().min(4).describe('Lines that hold this are canaries: what writes the others writes one now and then.'),
      every: duration.prefault('1m').describe('How often one is written.'),
      within: duration.prefault('30s').describe('How long one may take from its own time to where findings are announced.'),
    })
    .optional()
    .describe(
      'A line that is written on purpose and timed on its whole way, from its own time to where findings are announced. One that is late or missing is a finding.',
    ),
});

export type Expected = z.output<typeof expectedSchema>;

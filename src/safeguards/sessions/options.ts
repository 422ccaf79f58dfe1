import { z } from 'zod';
import { duration, fieldPath } from '../../../config/scalars.ts';

export const options = z.strictObject({
  by: z
    .union([z.string().min(1), z.strictObject({ slot: z.string().min(1).describe('Key or word before the value in the text: `block`.') })])
    .describe('What makes a session: a field (metadata.request_id), a text of fields ({group_id}/{metadata.user}), or a slot of the text.'),
  pattern: fieldPath.optional().describe('Field whose value says what an event is; its pattern, as memory knows it, when left out.'),
  idle: duration.prefault('10m').describe('Event time without an event after which a session is over.'),
  max: duration.prefault('1d').describe('Longest session; one that goes on longer is cut, and neither judged nor learned.'),
  threshold: z.number().positive().default(6.5).describe('Bits from which a session is unusual: 6.5 is odds of 90 to 1.'),
  minSessions: z.int().min(1).default(100).describe('Sessions learned before one is called unusual.'),
  clear: duration
    .prefault('30m')
    .describe('Event time without another unusual session of the same kind after which its finding is resolved.'),
  record: z
    .enum(['unusual', 'all', 'none'])
    .default('unusual')
    .describe('Which sessions go on as signals of kind `session`, one for each that closes.'),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Severity of its findings.'),
  maxOpen: z.int().min(1).default(100_000).describe('Most sessions open at once; the one that was silent longest is cut.'),
});
export type SessionOptions = z.output<typeof options>;

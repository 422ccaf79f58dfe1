import { duration, sourceOptions } from 'caducus';
import { z } from 'zod';
import { connectionOptions, findClash, streamName } from './options.ts';

const subject = z.string().regex(/^[^\s]+$/, 'expected a subject such as logs.> without spaces');

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a time such as 2026-03-14T03:00:00Z')
  .transform((text) => Date.parse(text));

/** Options of the source. */
export const readOptions = z
  .strictObject({
    ...sourceOptions,
    ...connectionOptions,
    stream: streamName.describe('Stream that is read.'),
    subject: subject.optional().describe('Only messages under this subject, such as logs.>; all of the stream when left out.'),
    consumer: streamName
      .optional()
      .describe(
        'Durable pull consumer, made where there is none; `caducus-` and the name of the source when left out. A pipeline has one of its own.',
      ),
    start: z
      .union([z.enum(['all', 'new']), moment])
      .default('all')
      .describe('Where a consumer that is made begins: with all that the stream holds, with what comes from now on, or at a time.'),
    follow: z.boolean().default(true).describe('Go on reading what comes, until stopped; without it, it ends with what is there.'),
    ackWait: duration
      .prefault('2m')
      .describe('How long the server waits for an acknowledgement, which comes with the checkpoint, before it gives a message again.'),
    maxAckPending: z
      .int()
      .min(-1)
      .default(1_000_000)
      .describe('Messages that may wait for their checkpoint; the server gives no more until then. -1: any number.'),
  })
  .superRefine((given, context) => {
    const clash = findClash(given);
    if (clash !== null) context.addIssue({ code: 'custom', message: clash });
  });

export type NatsSourceOptions = z.output<typeof readOptions>;

/** The name of the consumer. */
export const nameConsumer = ({ consumer }: Pick<NatsSourceOptions, 'consumer'>, id: string): string => consumer ?? `caducus-${id}`;

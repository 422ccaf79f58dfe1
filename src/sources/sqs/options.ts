import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import { awsOptions } from '../aws/options.ts';
import { sourceOptions } from '../source.ts';

const seconds = (least: number, most: number) => (ms: number) => ms >= least * 1000 && ms <= most * 1000;

export const sqsOptions = z
  .strictObject({
    ...sourceOptions,
    ...awsOptions,
    queueUrl: z.url().optional().describe('URL of the queue.'),
    queueName: z
      .string()
      .regex(/^[\w-]{1,75}(\.fifo)?$/, 'expected a queue name')
      .optional()
      .describe('Name of the queue, in place of its URL.'),
    delete: z
      .enum(['never', 'on_checkpoint'])
      .default('never')
      .describe(
        'What becomes of messages: never leaves a dead-letter queue to its owner; on_checkpoint deletes what a checkpoint on disk covers.',
      ),
    visibility: duration
      .prefault('5m')
      .refine(seconds(1, 43_200), 'expected 1s to 12h')
      .describe(
        'How long a message that was received stays hidden from others. With delete: never it shows again after that, and is dropped by its id.',
      ),
    wait: duration.prefault('20s').refine(seconds(0, 20), 'expected 0s to 20s').describe('How long a poll of an empty queue waits.'),
    receivers: z.int().min(1).max(32).default(4).describe('Parallel calls while the queue is full; FIFO queues take one.'),
    maxHeld: z
      .int()
      .min(10)
      .max(100_000)
      .default(10_000)
      .describe('With delete: on_checkpoint, stop receiving while so many messages wait for their checkpoint.'),
    remember: z
      .int()
      .min(1000)
      .max(1_000_000)
      .default(50_000)
      .describe('Message ids remembered to drop redeliveries; more than the queue holds at a time.'),
    follow: z.boolean().default(true).describe('Goes on polling; otherwise it ends when the queue gives nothing new.'),
    time: z
      .enum(['died', 'sent'])
      .default('died')
      .describe(
        "Event time: died is the time sent, or, when that is later, the last time the queue was seen empty (SQS keeps no time of death); sent is SQS's own.",
      ),
    patience: duration.prefault('10m').describe('How long calls may keep failing before the source gives up.'),
    groupId: z.string().min(1).optional().describe('Other group id than sqs-dlq:<queue name>.'),
  })
  .refine(({ queueUrl, queueName }) => (queueUrl === undefined) !== (queueName === undefined), 'give one of queue_url and queue_name');

export type SqsOptions = z.output<typeof sqsOptions>;

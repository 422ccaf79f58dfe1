import { sourceOptions } from 'caducus';
import { z } from 'zod';
import { connectionOptions, findClash } from './options.ts';

const topic = z.string().regex(/^[\w.-]{1,249}$/, 'expected the name of a topic: letters, digits, dots, dashes and underscores');

/** Options of the source `kafka`. */
export const kafkaSourceOptions = z
  .strictObject({
    ...sourceOptions,
    ...connectionOptions,
    topics: z.union([topic, z.array(topic).min(1)]).describe('A topic that is read, or a list of them.'),
    group: z
      .string()
      .min(1)
      .optional()
      .describe('Consumer group; `caducus-` and the name of the source when left out. A pipeline has one of its own.'),
    start: z
      .enum(['all', 'new'])
      .default('all')
      .describe('Where a group that has committed nothing begins: with all that the topic holds, or with what comes from now on.'),
    follow: z.boolean().default(true).describe('Go on reading what comes, until stopped; without it, it ends with what is there.'),
  })
  .superRefine((given, context) => {
    const clash = findClash(given);
    if (clash !== null) context.addIssue({ code: 'custom', message: clash });
  });

export type KafkaSourceOptions = z.output<typeof kafkaSourceOptions>;

export const listTopics = ({ topics }: Pick<KafkaSourceOptions, 'topics'>): string[] => [topics].flat();

import { z } from 'zod';

/** The longest that an answer given here holds: a year, milliseconds. */
const longest = 366 * 86_400_000;

/** What `POST /api/marks` takes: as the commands of these names. */
export const markRequest = z
  .strictObject({
    type: z.enum(['ack', 'silence', 'note', 'resolve', 'change']),
    target: z
      .string()
      .max(1000)
      .default('')
      .describe('Id of a finding, an episode or a pattern, its beginning where that is unique, or the name of a group; of a change none.'),
    for_ms: z.number().int().min(1000).max(longest).optional().describe('For how long an ack or a silence holds, milliseconds.'),
    text: z.string().max(4000).optional().describe('A note; of a change what was changed.'),
    link: z
      .string()
      .max(4000)
      .regex(/^https?:\/\//i, 'expected an address that begins with http:// or https://')
      .optional()
      .describe('Where more is written.'),
    who: z.string().max(200).optional().describe('Who says so, where no proxy does.'),
  })
  .check((context) => {
    const { type, target, for_ms: lasting, text = '', link } = context.value;
    const refuse = (path: string, message: string) => context.issues.push({ code: 'custom', input: context.value, path: [path], message });
    if (type === 'silence' && lasting === undefined) refuse('for_ms', 'a silence needs an end');
    if (type === 'change' ? text.trim() === '' : type === 'note' && text.trim() === '' && link === undefined)
      refuse('text', 'says nothing');
    if (type !== 'change' && target === '') refuse('target', 'names nothing');
    if (type === 'change' && target !== '') refuse('target', 'a change is about none');
  });

export type MarkRequest = z.output<typeof markRequest>;

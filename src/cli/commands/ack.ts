import { z } from 'zod';
import { toIso } from '../../event.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { markEnd } from '../recall/markEnd.ts';
import { linkFlag, whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { length, text } from '../shared/flags.ts';

/** `caducus ack <id> [--for 2h] [--note ...] [--link URL]`: somebody is on it. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({
    for: length('for how long (default: until it is resolved)'),
    until: text('time', 'until when (ISO 8601, or +2h)'),
    note: text('text', 'what is being done'),
    ...linkFlag,
    ...whoFlag,
  }),
  examples: ['caducus ack k7f2 --for 2h --note "swapping disk" --link https://tracker.example/INC-1042'],
  async run({ id }, { for: lasting, until, note, link, who }, context) {
    const end = markEnd({ lasting, until }, context.io.now());
    return leaveMark('ack', id, { ...given({ until: end === undefined ? undefined : toIso(end), text: note, link }), who }, context);
  },
});

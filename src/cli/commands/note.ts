import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { linkFlag, whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';

/** `caducus note <id> "..." [--link URL]`: what is known about it, for those who meet it again. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string(), text: z.string().optional() }),
  flags: z.strictObject({ ...linkFlag, ...whoFlag }),
  examples: ['caducus note e4aa "disk swapped" --link https://tracker.example/INC-0987'],
  async run({ id, text }, { link, who }, context) {
    if (text === undefined && link === undefined) throw new CaducusError('CAD002', {}, 'a note needs a text, or a --link');
    return leaveMark('note', id, { ...given({ text, link }), who }, context);
  },
});

import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { linkFlag, whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { text as textFlag } from '../shared/flags.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** `caducus change "orders v412" [--at TIME] [--link URL]`: a deploy or another change, which episodes name when they follow it. */
export const command = defineCommand({
  arguments: z.strictObject({ text: z.string() }),
  flags: z.strictObject({ at: textFlag('time', 'when it was (ISO 8601, or -10m; default: now)'), ...linkFlag, ...whoFlag }),
  examples: ['caducus change "orders v412"', 'caducus change "hdfs-config r214" --at 2026-03-14T02:58Z'],
  async run({ text }, { at, link, who }, context) {
    if (text.trim() === '') throw new CaducusError('CAD002', {}, 'a change needs a name, such as "orders v412"');
    const when = at === undefined ? undefined : toIso(timeArgument(at, '--at', context.io.now()));
    return leaveMark('change', null, { ...given({ at: when, text, link }), who }, context);
  },
});

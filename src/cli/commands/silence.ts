import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import type { Mark } from '../../signal.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { markEnd } from '../recall/markEnd.ts';
import { linkFlag, whoFlag } from '../recall/markFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { length, text } from '../shared/flags.ts';
import { timeArgument } from '../shared/timeArgument.ts';

const states = ['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady'] as const satisfies readonly NonNullable<
  Mark['until_state']
>[];

/** `caducus silence <id> --for 2h | --until TIME | --until rising [--from TIME] [--comment ...]`: nobody is told of it meanwhile. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject({
    for: length('for how long'),
    from: text('time', 'from when on (ISO 8601, or +1h; default: now)'),
    until: text('time', 'until when, or until the pattern does that anew: rising, new, returning, gone'),
    comment: text('text', 'why'),
    ...linkFlag,
    ...whoFlag,
  }),
  examples: [
    'caducus silence f3a9 --for 2h --comment "load test"',
    'caducus silence s5vd --until rising',
    'caducus silence k7f2 --from 2026-03-14T22:00Z --for 4h',
  ],
  async run({ id }, { for: lasting, from, until, comment, link, who }, context) {
    const now = context.io.now();
    const begins = from === undefined ? now : timeArgument(from, '--from', now);
    const state = states.find((word) => word === until);
    const end = state !== undefined ? undefined : markEnd({ lasting, until }, begins);
    if (state === undefined && end === undefined) {
      throw new CaducusError('CAD002', {}, 'a silence needs an end', {
        hint: 'Give --for 2h, --until 2026-03-14T06:00Z, or --until rising.',
      });
    }
    if (end !== undefined && end <= Math.max(begins, now)) {
      throw new CaducusError('CAD002', { path: '--until' }, 'the silence would be over before it began', { hint: 'Give a later end.' });
    }
    const words = given({
      from: from === undefined ? undefined : toIso(begins),
      until: end === undefined ? undefined : toIso(end),
      until_state: state,
      text: comment,
      link,
    });
    return leaveMark('silence', id, { ...words, who }, context);
  },
});

import { CaducusError } from '../../errors.ts';
import { isoOf } from '../../event.ts';
import type { Mark } from '../../signal.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { endOf, leaveMark, textOf, wordsOf } from '../recall/leaveMark.ts';
import { timeArgument } from '../shared/timeArgument.ts';

const states = ['new', 'returning', 'rising', 'falling', 'gone', 'steady'] as const satisfies readonly NonNullable<Mark['until_state']>[];

/** `caducus silence <id> --for 2h | --until TIME | --until rising [--from TIME] [--comment ...]`: nobody is told of it meanwhile. */
export const silence: CommandBody = async ([id = ''], flags, context) => {
  const now = context.io.now();
  const from = textOf(flags, 'from');
  const begins = from === undefined ? now : timeArgument(from, '--from', now);
  const state = states.find((word) => word === flags['until']);
  const until = state === undefined ? endOf(flags, begins) : undefined;
  if (state === undefined && until === undefined) {
    throw new CaducusError('CAD002', {}, 'a silence needs an end', {
      hint: 'Give --for 2h, --until 2026-03-14T06:00Z, or --until rising.',
    });
  }
  if (until !== undefined && until <= Math.max(begins, now)) {
    throw new CaducusError('CAD002', { path: '--until' }, 'the silence would be over before it began', { hint: 'Give a later end.' });
  }
  const said = {
    ...(from === undefined ? {} : { from: isoOf(begins) }),
    ...(until === undefined ? {} : { until: isoOf(until) }),
    ...(state === undefined ? {} : { until_state: state }),
    ...wordsOf(textOf(flags, 'comment'), flags),
  };
  return leaveMark('silence', id, said, flags, context);
};

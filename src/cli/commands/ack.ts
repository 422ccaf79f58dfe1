import { isoOf } from '../../event.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { endOf, leaveMark, textOf, wordsOf } from '../recall/leaveMark.ts';

/** `caducus ack <id> [--for 2h] [--note ...] [--link URL]`: somebody is on it. */
export const ack: CommandBody = async ([id = ''], flags, context) => {
  const until = endOf(flags, context.io.now());
  return leaveMark(
    'ack',
    id,
    { ...(until === undefined ? {} : { until: isoOf(until) }), ...wordsOf(textOf(flags, 'note'), flags) },
    flags,
    context,
  );
};

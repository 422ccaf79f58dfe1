import { CaducusError } from '../../errors.ts';
import { isoOf } from '../../event.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { leaveMark, textOf, wordsOf } from '../recall/leaveMark.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** `caducus change "orders v412" [--at TIME] [--link URL]`: a deploy or another change, which episodes name when they follow it. */
export const change: CommandBody = async ([text = ''], flags, context) => {
  if (text.trim() === '') throw new CaducusError('CAD002', {}, 'a change needs a name, such as "orders v412"');
  const at = textOf(flags, 'at');
  const when = at === undefined ? {} : { at: isoOf(timeArgument(at, '--at', context.io.now())) };
  return leaveMark('change', null, { ...when, ...wordsOf(text, flags) }, flags, context);
};

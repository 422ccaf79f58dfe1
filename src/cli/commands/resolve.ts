import type { CommandBody } from '../shared/commandBody.ts';
import { leaveMark, textOf, wordsOf } from '../recall/leaveMark.ts';

/** `caducus resolve <id> [--note ...]`: it is over, whatever the rules think; told again only after it has been clear. */
export const resolve: CommandBody = async ([id = ''], flags, context) =>
  leaveMark('resolve', id, wordsOf(textOf(flags, 'note'), flags), flags, context);

import { CaducusError } from '../../errors.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { leaveMark, textOf, wordsOf } from '../recall/leaveMark.ts';

/** `caducus note <id> "..." [--link URL]`: what is known about it, for those who meet it again. */
export const note: CommandBody = async ([id = '', text], flags, context) => {
  if (text === undefined && textOf(flags, 'link') === undefined) throw new CaducusError('CAD002', {}, 'a note needs a text, or a --link');
  return leaveMark('note', id, wordsOf(text, flags), flags, context);
};

import { eventLine } from '../../views/eventLines.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { pictureStyle, print } from '../shared/context.ts';
import { selectedEvents } from '../recall/selectedEvents.ts';

/** `caducus events`: events of the store, or, by pattern or state, of what the run saw that knows it; oldest first. */
export const events: CommandBody = async (_args, flags, context) => {
  const style = pictureStyle(context);
  for await (const event of selectedEvents(flags, context)) {
    if (!context.json) await print(context, [eventLine(event, style)]);
    else if (!(await context.io.stdout.write(`${JSON.stringify(event)}\n`))) break;
  }
};

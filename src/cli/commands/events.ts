import { recordLine } from '../../base/recordText.ts';
import { z } from 'zod';
import { eventLine } from '../../views/tables/eventLines.ts';
import { selectedEvents } from '../recall/selectedEvents.ts';
import { selectionFlags } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, tell } from '../shared/context.ts';
import { wholeOr } from '../shared/flags.ts';

/** `caducus events`: events of the store, or, by pattern or state, of what the run saw that knows it; oldest first. */
export const command = defineCommand({
  flags: z.strictObject({ ...selectionFlags, limit: wholeOr(100, 'at most so many') }),
  examples: [
    "caducus events --group 'hdfs-demo:DataNode' --grep 'exception' --limit 20",
    'caducus events --pattern k7f2 --since 03:05Z',
    'caducus events --state new --json',
  ],
  async run(_args, flags, context) {
    const style = pictureStyle(context);
    let shown = 0;
    for await (const event of selectedEvents(flags, context)) {
      shown += 1;
      if (!context.json) await print(context, [eventLine(event, style)]);
      else if (!(await context.io.stdout.write(recordLine(event)))) break;
    }
    if (shown === 0) await tell(context, `No event in ${context.dataDir} is what was asked for.`);
  },
});

import { z } from 'zod';
import { isZoneName } from '../base/zone.ts';
import { signalKinds } from '../../config/scalars.ts';
import type { ConsoleView } from './console/consoleView.ts';
import { views } from './console/views.ts';
import { selected, zeroCounters } from './counters.ts';
import { defineSink, selectOption, type OpenSink } from './sink.ts';
import { widest } from '../views/text/viewOptions.ts';

const options = z.strictObject({
  view: z
    .enum(views.map((one) => one.name))
    .default(views[0].name)
    .describe('What is shown.'),
  top: z.int().min(1).optional().describe('Patterns a radar shows at most; all it holds when left out.'),
  timeZone: z
    .string()
    .refine(isZoneName, 'expected an IANA time zone such as Europe/Berlin')
    .default('UTC')
    .describe('Zone that times are shown in.'),
  ascii: z.boolean().default(false).describe('Only ASCII: trends and bars in letters.'),
  color: z.enum(['auto', 'always', 'never']).default('auto').describe('Colours; `auto` means on a terminal where NO_COLOR is not set.'),
  live: z.boolean().default(true).describe('On a terminal, redraw the radar in place.'),
  only: z
    .enum(['all', 'last'])
    .default('all')
    .describe('Where nothing is redrawn: print each closed radar, or only the last one at the end.'),
  note: z.string().optional().describe('A sentence in the second line of a radar, such as how its input is read.'),
  select: selectOption(signalKinds),
});

/** What is unusual now, on the screen: redrawn in place on a terminal, printed radar by radar elsewhere. */
export const console = defineSink({
  name: 'console',
  summary: 'Shows radars, events or findings on the screen.',
  options,
  probe: async () => 'standard output',
  open: ({ view: name, top, timeZone, ascii, color, live, only, note, select }, { io, standing }): Promise<OpenSink> => {
    const { stdout } = io;
    const coloured = color === 'auto' ? stdout.isTTY && !io.env.NO_COLOR : color === 'always';
    const style = () => ({ columns: stdout.isTTY ? stdout.columns : widest, uncut: !stdout.isTTY, color: coloured, ascii, timeZone });
    const view: ConsoleView = views.find((one) => one.name === name)!;
    const kinds = new Set(select.filter((kind) => view.kinds.includes(kind)));
    const counters = zeroCounters();
    const shown = view.show({ io, style, live: live && stdout.isTTY, only, top, note, standing });
    return Promise.resolve({
      counters,
      async write(batch) {
        const taken = selected(batch, kinds, counters);
        await shown.take(taken);
        counters.written += taken.length;
      },
      flush: async () => shown.flush?.(),
      close: async () => shown.close?.(),
      note: () => shown.note?.() ?? '',
      figures: () => shown.figures?.() ?? { windows: 0 },
    });
  },
});

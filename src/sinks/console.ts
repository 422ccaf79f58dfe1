import { z } from 'zod';
import { isZoneName } from '../base/zone.ts';
import { signalKinds } from '../../config/scalars.ts';
import type { Signal } from '../signal.ts';
import { selected, zeroCounters } from './counters.ts';
import { FindingsPage } from './findingsPage.ts';
import { RadarPage } from './radarPage.ts';
import { defineSink, selectOption, type OpenSink } from './sink.ts';
import { eventLine } from '../views/tables/eventLines.ts';
import { count } from '../views/text/numbers.ts';
import { widest, type ViewOptions } from '../views/text/viewOptions.ts';

const options = z.strictObject({
  view: z.enum(['radar', 'events', 'findings', 'none']).default('radar').describe('What is shown.'),
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

/** Kinds each view shows; the others are filtered. */
const shows: Record<z.output<typeof options>['view'], readonly string[]> = {
  radar: ['radar', 'finding', 'mark'],
  events: ['event'],
  findings: ['finding'],
  none: [],
};

/** What is unusual now, on the screen: redrawn in place on a terminal, printed radar by radar elsewhere. */
export const console = defineSink({
  name: 'console',
  summary: 'Shows radars, events or findings on the screen.',
  options,
  probe: async () => 'standard output',
  open: ({ view: name, top, timeZone, ascii, color, live, only, note, select }, { io, standing }): Promise<OpenSink> => {
    const { stdout } = io;
    const coloured = color === 'auto' ? stdout.isTTY && !io.env.NO_COLOR : color === 'always';
    // Asked for each time: a terminal may have been made wider.
    const view = (): ViewOptions => ({ columns: stdout.isTTY ? stdout.columns : widest, color: coloured, ascii, timeZone });
    const kinds = new Set(select.filter((kind) => shows[name].includes(kind)));
    const counters = zeroCounters();
    const page = new RadarPage(io, view, { live: live && stdout.isTTY, only, top, note, standing });
    const findings = new FindingsPage(view);
    const lines = (taken: readonly Signal[]): string[] =>
      name === 'events'
        ? taken.flatMap((signal) => (signal.kind === 'event' ? [eventLine(signal.event, view())] : []))
        : findings.take(taken.flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : [])));
    return Promise.resolve({
      counters,
      async write(batch) {
        const taken = selected(batch, kinds, counters);
        if (name === 'radar') await page.take(taken);
        else if (taken.length > 0)
          await stdout.write(
            lines(taken)
              .map((text) => `${text}\n`)
              .join(''),
          );
        counters.written += taken.length;
      },
      flush: () => page.flush(),
      close: () => page.close(),
      note: () => (name === 'radar' ? `${count(page.windows)} ${page.windows === 1 ? 'window' : 'windows'}` : ''),
      figures: () => ({ windows: page.windows }),
    });
  },
});

import { z } from 'zod';
import { toIso } from '../../event.ts';
import type { Counts } from '../../formats/reading/readingTally.ts';
import { inspectPage, type Inspected } from '../../views/reading/inspectPage.ts';
import { readingLine } from '../../views/reading/readingLine.ts';
import { holdStdin } from '../input/holdStdin.ts';
import { inputFlags, zoneGiven, type InputFlags } from '../input/inputFlags.ts';
import { readInput } from '../input/readInput.ts';
import { readWhole } from '../input/readWhole.ts';
import { checkGroupField } from '../input/checkGroupField.ts';
import { chooseWindow, countWindows } from '../shared/chooseWindow.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { length } from '../shared/flags.ts';
import { progressLine } from '../shared/progressLine.ts';

/** `caducus inspect FILE|-`: how every part of an input is read, and a line of each kind with what became of it. */
export const command = defineCommand({
  arguments: z.strictObject({ file: z.string().describe('a file, plain or gzip, or - for standard input') }),
  flags: z.strictObject({ ...inputFlags, window: length('length of a window (default: one that fits the length of the input)') }),
  examples: [
    'caducus inspect app.log',
    'kubectl logs deploy/orders | caducus inspect -',
    'caducus inspect app.log --fields time=when,text=what',
  ],
  run: async ({ file }, flags, context) => inspect(file, flags, context),
});

async function inspect(path: string, flags: InputFlags & { window?: number | undefined }, context: CliContext): Promise<void> {
  const held = path === '-' ? await holdStdin(context.io, context.stop) : null;
  const { format, events } = await readInput([path], held?.chunks ?? [], flags, context);
  checkGroupField(flags.by, events);
  const zone = zoneGiven(context) ?? 'UTC';
  const progress = progressLine(context);
  const stamps = { timeZone: zone, year: flags.year, dayFirst: false };
  const { io, stop } = { ...context, ...held };
  const { reading, refused } = await readWhole(path, { format, stamps, io, stop, show: progress.show });
  await progress.clear();
  const { first, last } = reading;
  const ms = flags.window ?? chooseWindow(first, last);
  const page: Inspected = {
    subject: path === '-' ? 'standard input' : path,
    reading,
    window: first === null || last === null ? null : { ms, many: countWindows(first, last, ms) },
    zone,
    refused,
    next: reading.records === 0 ? [] : path === '-' ? ['caducus radar -'] : [`caducus radar ${path}`, `caducus init ${path} > radar.yaml`],
  };
  return context.json ? printJson(context, inspectedJson(page)) : print(context, inspectPage(page, pictureStyle(context)));
}

/** The same as data, in the same words. */
function inspectedJson({ subject, reading, window, zone, refused }: Inspected): unknown {
  const counts = (list: Counts) => Object.fromEntries(list);
  const time = (ms: number | null) => (ms === null ? null : toIso(ms));
  return {
    subject,
    read_as: readingLine(reading),
    records: reading.records,
    refused: { count: reading.refused, reasons: counts(refused) },
    kinds: counts(reading.kinds),
    by: Object.fromEntries(Object.entries(reading.by).map(([part, paths]) => [part, counts(paths)])),
    untimed: reading.untimed,
    first: time(reading.first),
    last: time(reading.last),
    time_zone: zone,
    levels: counts(reading.levels),
    scale: counts(reading.scale),
    groups: counts(reading.groups),
    joined: reading.joined,
    window,
    fields: reading.fields,
    examples: reading.examples.map((one) => ({ ...one, time: toIso(one.time) })),
  };
}

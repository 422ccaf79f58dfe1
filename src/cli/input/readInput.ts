import type { Event } from '../../event.ts';
import { detect } from '../../formats/auto.ts';
import type { FormatOption } from '../../formats/index.ts';
import type { FormatItem } from '../../formats/format.ts';
import { firstLine, readSamples, type Samples } from '../../formats/reading/readSamples.ts';
import { ReadingTally, type Reading } from '../../formats/reading/readingTally.ts';
import type { Io } from '../../io.ts';
import { FileFinder } from '../../sources/file/fileFinder.ts';
import { signalMaker } from '../../sources/toSignals.ts';
import { zoneGiven, formatFrom, type InputFlags } from './inputFlags.ts';
import { sampleChunks, sampleFile } from './sampleFile.ts';
import type { CliContext } from '../shared/context.ts';

/** What samples of an input tell before it is read. */
export interface InputReading {
  reading: Reading;
  /** How it is to be read; undefined where the reader finds out by itself. */
  format: FormatOption | undefined;
  /** First and last time, milliseconds since 1970; null without any. */
  first: number | null;
  last: number | null;
  /** The first events, as the run will see them. */
  events: Event[];
}

/** Events that are kept of the samples. */
const mostEvents = 500;
/** The name that the source of a file or a pipe has on the command line. */
export const sourceName = 'log';

/** One input: its samples, and when it was last written. */
interface Sampled {
  samples: Samples;
  reference: number;
  file?: string;
}

/** Reads samples of files, or of what is held of standard input. Files that are not there are left to who reads them. */
export async function readInput(
  paths: readonly string[],
  held: readonly Uint8Array[],
  flags: InputFlags,
  context: Pick<CliContext, 'io' | 'given' | 'layered'>,
): Promise<InputReading> {
  const zone = zoneGiven(context);
  const tally = new ReadingTally({ timeZone: zone ?? 'UTC', year: flags.year, dayFirst: false });
  const events: Event[] = [];
  let format: FormatOption | undefined = flags.format;
  let [first, last]: [number | null, number | null] = [null, null];
  const add = (items: readonly FormatItem[], { file }: Sampled) => {
    tally.add(items);
    for (const item of items) {
      if (item.kind !== 'draft') continue;
      first = first === null ? item.time : Math.min(first, item.time);
      last = last === null ? item.time : Math.max(last, item.time);
    }
    if (events.length < mostEvents) {
      const signals = signalMaker({ source: sourceName, ...(file !== undefined && { file }) })(items.slice(0, mostEvents));
      events.push(...signals.flatMap((signal) => (signal.kind === 'event' ? [signal.event] : [])));
    }
  };
  for await (const one of sampleAll(paths, held, context.io)) {
    tally.header(firstLine(one.samples.head));
    format = formatFrom(flags, zone, detect(one.samples.head.subarray(0, 1 << 16)));
    for (const items of readSamples(one.samples, format ?? 'auto', { reference: one.reference })) add(items, one);
  }
  return { reading: tally.reading(), format, first, last, events };
}

async function* sampleAll(paths: readonly string[], held: readonly Uint8Array[], { files, now }: Io): AsyncGenerator<Sampled> {
  for (const path of paths) {
    if (path === '-') yield { samples: await sampleChunks(held), reference: now() };
    else
      for (const file of (await new FileFinder(files, path).find([])).files)
        yield { samples: await sampleFile(files, file), reference: file.modified, file: file.path };
  }
}

import type { SourceBatch } from '../source.ts';

/** The files of one log that are to be read, oldest first. */
export interface Chain<File> {
  name: string;
  files: readonly File[];
  /** When it begins, milliseconds since 1970; null for one that is read on. */
  begins: number | null;
}

interface Reading {
  batches: AsyncGenerator<SourceBatch>;
  /** Event time it has come to, roughly, milliseconds since 1970; before it is read, when it begins. */
  reached: number;
}

/**
 * Reads logs side by side: the next batch is always of the one that lies behind the others, so that one that begins later is
 * opened later. `read` can ask, at the end of a file, whether all the others have ended.
 */
export async function* sideBySide<File>(
  chains: readonly Chain<File>[],
  read: (files: readonly File[], isLast: () => boolean) => AsyncGenerator<SourceBatch>,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  const open = new Map<string, Reading>();
  const isLast = () => open.size === 1;
  for (const { name, files, begins } of chains)
    open.set(name, { batches: read(files, isLast), reached: begins ?? Number.NEGATIVE_INFINITY });
  const begins = new Map(chains.map(({ name, begins }) => [name, begins]));
  try {
    while (open.size > 0 && !signal.aborted) {
      const [name, reading] = [...open].reduce((a, b) => (b[1].reached < a[1].reached ? b : a));
      const { done, value } = await reading.batches.next();
      if (done) {
        open.delete(name);
        begins.delete(name);
        continue;
      }
      // A log alone has nobody to wait for.
      if (open.size > 1) reading.reached = Math.max(reading.reached, medianTime(value) ?? reading.reached);
      yield { ...value, streams: new Map(begins) };
    }
  } finally {
    for (const { batches } of open.values()) await batches.return(undefined);
  }
}

/** A time in the middle: that of one record with a wrong clock would park its log, or let it run ahead. */
function medianTime({ records }: SourceBatch): number | null {
  const times = records.flatMap(({ kind, time }) => (kind === 'event' ? [time] : [])).toSorted((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)] ?? null;
}

import type { SourceBatch } from '../source.ts';

/** The files of one log that are to be read, oldest first. */
export interface Chain<File> {
  name: string;
  files: readonly File[];
  /** When it begins, milliseconds since 1970; null for one that is read on. */
  begins: number | null;
}

/** A log is opened so long before the others have come to its beginning, milliseconds: what comes out of order may reach back. */
const ahead = 60 * 60_000;

interface Reading {
  batches: AsyncGenerator<SourceBatch>;
  /** Event time it has come to, roughly, milliseconds since 1970. */
  reached: number;
}

/**
 * Reads logs side by side: the next batch is always of the one that lies behind the others. One that begins later is opened
 * then. `read` is told, at the end of a file, whether all the others have ended.
 */
export async function* sideBySide<File>(
  chains: readonly Chain<File>[],
  read: (files: readonly File[], isLast: () => boolean) => AsyncGenerator<SourceBatch>,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  const begins = ({ begins }: Chain<File>) => begins ?? Number.NEGATIVE_INFINITY;
  const waiting = chains.toSorted((a, b) => (begins(a) < begins(b) ? -1 : begins(a) > begins(b) ? 1 : 0));
  const open = new Map<string, Reading>();
  const isLast = () => open.size === 1 && waiting.length === 0;
  try {
    while (!signal.aborted) {
      const least = open.size > 0 ? Math.min(...[...open.values()].map(({ reached }) => reached)) : waiting[0] && begins(waiting[0]);
      if (least === undefined) return;
      while (waiting[0] && begins(waiting[0]) <= least + ahead) {
        const { name, files, begins: reached } = waiting.shift()!;
        open.set(name, { batches: read(files, isLast), reached: reached ?? Number.NEGATIVE_INFINITY });
      }
      const [name, reading] = [...open].reduce((a, b) => (b[1].reached < a[1].reached ? b : a));
      const streams = [...open.keys()];
      const { done, value } = await reading.batches.next();
      if (done) open.delete(name);
      else {
        reading.reached = Math.max(reading.reached, medianTime(value) ?? reading.reached);
        yield { ...value, streams };
      }
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

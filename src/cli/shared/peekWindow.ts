import type { SourceNode } from '../../pipeline/definition.ts';
import type { CliContext } from './context.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Lengths people think in, milliseconds. */
const usual = [15_000, minute, 5 * minute, 15 * minute, 60 * minute, 6 * 60 * minute, day, 7 * day, 30 * day];
/** A trend has twelve cells: that many windows fill it. */
const cells = 12;

/**
 * A window that cuts finite input into about twelve, so that the last one has something to be compared with; five
 * minutes for live input. Reads the sources once, for their times only.
 */
export async function peekWindow(sources: readonly SourceNode[], { io, stop }: Pick<CliContext, 'io' | 'stop'>): Promise<number> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { id, name, source, options } of sources) {
    if (source.spec.live(options) || !source.spec.replayable(options)) return 5 * minute;
    const open = source.spec.open(options, { io, id: name ?? id, from: null, signal: stop });
    try {
      for await (const { records } of open.batches) {
        for (const { kind, time } of records) {
          if (kind !== 'event') continue;
          if (time < first) first = time;
          if (time > last) last = time;
        }
      }
    } finally {
      await open.close();
    }
  }
  if (last < first) return 5 * minute;
  const wanted = (last - first) / cells;
  return usual.find((length) => length >= wanted) ?? usual.at(-1)!;
}

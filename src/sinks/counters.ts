import type { Signal } from '../signal.ts';
import type { SinkCounters } from './sink.ts';

/** Counters at the start of a run. */
export const zeroCounters = (): SinkCounters => ({ written: 0, filtered: 0, failed: 0, held: 0 });

/** The signals of the batch that the sink takes; the others are counted as filtered. */
export function selected(batch: readonly Signal[], kinds: ReadonlySet<string>, counters: SinkCounters): Signal[] {
  const taken = batch.filter(({ kind }) => kinds.has(kind));
  counters.filtered += batch.length - taken.length;
  return taken;
}

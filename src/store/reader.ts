import type { Event } from '../event.ts';
import type { Files } from '../io.ts';
import { makeEvent } from './entry.ts';
import { mergeOnce } from './segments/mergeRuns.ts';
import { listDays, openDay, within, type ReadOptions as StoredOptions } from './storedDays.ts';

export interface ReadOptions extends StoredOptions {
  /** Events at most. */
  limit?: number | undefined;
}

/**
 * Stored events in (timestamp, id) order, each id once, over both layouts: a file a record, and segments; day by day, so
 * that only one day's files are open. Memory holds one block of each file of a day, and as many events as arrived out of
 * order.
 */
export async function* readEvents(files: Files, dataDir: string, options: ReadOptions = {}): AsyncGenerator<Event> {
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for (const day of await listDays(files, dataDir, options)) {
    for await (const { entry, run } of mergeOnce(openDay(files, day, options))) {
      if (!within(entry.ms, options)) continue;
      const event = makeEvent(entry);
      if (typeof event === 'string') {
        options.onProblem?.({ path: run.path ?? '', reason: event });
        continue;
      }
      yield event;
      left -= 1;
      if (left <= 0) return;
    }
  }
}

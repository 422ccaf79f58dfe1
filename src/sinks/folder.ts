import { join } from 'node:path';
import { z } from 'zod';
import type { Event } from '../event.ts';
import type { Files } from '../io.ts';
import { canonicalEvent } from '../store/canonicalEvent.ts';
import { inLanes } from '../store/inLanes.ts';
import { makeTable, recordPath, syncRecords, tables, writeRecord } from '../store/folder.ts';
import { zeroCounters } from './counters.ts';
import { fsyncOption } from './fsyncOption.ts';
import { defineSink, type OpenSink } from './sink.ts';
import { writablePlace } from './writablePlace.ts';
import { count } from '../views/text/numbers.ts';

const options = z.strictObject({
  path: z.string().min(1).optional().describe('Data folder that holds `events/`; the data folder of the run when left out.'),
  select: z
    .array(z.enum(['event']))
    .default(['event'])
    .describe('Kinds of signal this sink takes.'),
  fsync: fsyncOption,
});

/** Returns how many of the events were new. */
async function writeEvents(files: Files, dataDir: string, events: readonly Event[]): Promise<number> {
  let fresh = 0;
  await inLanes(events, async (event) => {
    if (await writeRecord(files, dataDir, tables.events, canonicalEvent(event))) fresh += 1;
  });
  return fresh;
}

/** The last of each id: two lanes must not write one file at the same time. */
const distinct = (events: readonly Event[]) => [...new Map(events.map((event) => [event.id, event])).values()];

/** One JSON file an event, `events/<id>.json`. The same event again changes nothing. */
export const folder = defineSink({
  name: 'folder',
  summary: 'Keeps each event as a JSON file of its own.',
  options,
  probe: ({ path }, { io, dataDir }) => writablePlace(io.files, join(path ?? dataDir, 'events')),
  open: async ({ path, select, fsync }, { io, dataDir: fallback }): Promise<OpenSink> => {
    const dataDir = path ?? fallback;
    await makeTable(io.files, dataDir, tables.events);
    const takes = select.includes('event');
    const counters = zeroCounters();
    const unsynced = new Set<string>();
    let fresh = 0;
    return {
      counters,
      async write(batch) {
        const events = batch.flatMap((signal) => (takes && signal.kind === 'event' ? [signal.event] : []));
        counters.filtered += batch.length - events.length;
        fresh += await writeEvents(io.files, dataDir, distinct(events));
        counters.written += events.length;
        if (fsync === 'checkpoint') for (const { id } of events) unsynced.add(recordPath(dataDir, tables.events, id));
      },
      async flush() {
        if (unsynced.size > 0) await syncRecords(io.files, unsynced, join(dataDir, tables.events.path));
        unsynced.clear();
      },
      close: () => Promise.resolve(),
      note: () => `${count(fresh)} new, ${count(counters.written - fresh)} there already`,
      figures: () => ({ new: fresh, there_already: counters.written - fresh }),
    };
  },
});

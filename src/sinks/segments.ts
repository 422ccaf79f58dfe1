import { join } from 'node:path';
import { z } from 'zod';
import { byteSize, duration } from '../../config/scalars.ts';
import type { Json } from '../event.ts';
import type { EventSignal } from '../signal.ts';
import { writerName } from '../store/segments/segmentName.ts';
import { Growth } from '../store/segments/growth.ts';
import { Segments, type Lengths } from '../store/segments/segments.ts';
import { zeroCounters } from './counters.ts';
import { fsyncOption } from './fsyncOption.ts';
import { defineSink, type OpenSink } from './sink.ts';
import { writablePlace } from './writablePlace.ts';
import { bytes, count } from '../views/text/numbers.ts';

const retention = z.strictObject({
  maxAge: duration.optional().describe('Days that ended this long before the newest event are removed.'),
  maxBytes: byteSize.optional().describe('The oldest segments are removed while all of them together are larger.'),
});

const options = z.strictObject({
  path: z.string().min(1).optional().describe('Data folder that holds `segments/`; the data folder of the run when left out.'),
  select: z
    .array(z.enum(['event']))
    .default(['event'])
    .describe('Kinds of signal this sink takes.'),
  retention: retention.prefault({}).describe('How much to keep, by event time; everything when left out.'),
  partBytes: byteSize.prefault('32MiB').describe('A day file that would grow past this is followed by a next part.'),
  maxOpenFiles: z.int().min(1).default(64).describe('How many files stay open between writes.'),
  fsync: fsyncOption,
});

/** A clock that is wrong by less than this does no harm; an event dated further ahead of ours does not age the others. */
const tolerance = 86_400_000;

function lengthsIn(from: Json | null): Lengths | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { files } = from;
  if (typeof files !== 'object' || files === null || Array.isArray(files)) return null;
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/**
 * Keeps events as lines of JSON, a file a group and day, and removes the oldest. Exactly once in effect: at a restart
 * each file is cut back to its length at the checkpoint. The first start goes on behind what is there.
 */
export const segments = defineSink({
  name: 'segments',
  summary: 'Keeps events as append-only files by group and day.',
  options,
  probe: ({ path }, { io, dataDir }) => writablePlace(io.files, join(path ?? dataDir, 'segments')),
  open: async ({ path, select, retention: keep, partBytes, maxOpenFiles, fsync }, context): Promise<OpenSink> => {
    const { io, id, dataDir, from, pipeline } = context;
    const writer = writerName(pipeline, id);
    const durable = fsync === 'checkpoint';
    const settings = { dataDir: path ?? dataDir, writer, partBytes, maxOpen: maxOpenFiles, durable };
    const store = await Segments.open(io.files, settings, lengthsIn(from));
    const counters = zeroCounters();
    const growth = new Growth();
    let removed = 0;
    return {
      counters,
      async write(batch) {
        const taken = batch.filter((signal): signal is EventSignal => signal.kind === 'event' && select.includes('event'));
        growth.grew(await store.append(taken));
        for (const { time } of taken) growth.event(time);
        counters.filtered += batch.length - taken.length;
        counters.written += taken.length;
      },
      async flush() {
        await store.sync();
        removed += await store.retain(Math.min(growth.newest, io.now() + tolerance), keep);
      },
      position: () => ({ files: store.lengths() }),
      close: () => store.close(),
      note: () => `${bytes(store.bytes())} in segments${removed > 0 ? `, ${count(removed)} old ones removed` : ''}`,
      figures: () => ({
        bytes: store.bytes(),
        limit_bytes: keep.maxBytes ?? null,
        oldest: store.oldestDay(),
        full_in_ms: keep.maxBytes === undefined ? null : growth.fullIn(keep.maxBytes - store.bytes()),
        removed,
      }),
    };
  },
});

import { z } from 'zod';
import type { Signal } from '../signal.ts';
import { readEvents } from '../store/reader.ts';
import { defineSource, sourceOptions, type SourceBatch } from './source.ts';

const batchSize = 1024;

const options = z.strictObject({
  path: z.string().min(1).describe('Data folder whose events are read, as single files and as segments.'),
  group: z.string().optional().describe('Only events of this group.'),
  ...sourceOptions,
});

/** The stored events of a data folder, in (timestamp, id) order. */
export const store = defineSource({
  name: 'store',
  summary: 'the stored events of a data folder, in order of time',
  options,
  open: ({ path, group }, { io, id, from, signal }) => {
    async function* batches(): AsyncGenerator<SourceBatch> {
      let taken = 0;
      const skip = typeof from === 'number' ? from : 0;
      const problems: Signal[] = [];
      const onProblem = ({ path: file, reason }: { path: string; reason: string }) =>
        void problems.push({ kind: 'rejected', time: 0, key: '', rejected: { source: id, reason, place: { file }, original: '' } });
      let records: Signal[] = [];
      for await (const event of readEvents(io.files, path, { group, onProblem })) {
        if (signal.aborted) return;
        taken += 1;
        if (taken <= skip) continue;
        records.push(...problems.splice(0), { kind: 'event', time: Date.parse(event.timestamp), key: '', event });
        if (records.length < batchSize) continue;
        yield { records, position: taken };
        records = [];
      }
      records.push(...problems);
      if (records.length > 0) yield { records, position: taken };
    }
    return { batches: batches(), close: async () => {} };
  },
});

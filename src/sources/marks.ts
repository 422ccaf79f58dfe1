import { z } from 'zod';
import { waited } from '../base/waiting.ts';
import { duration } from '../../config/scalars.ts';
import type { Signal } from '../signal.ts';
import { marksFile, readMarks, type MarkLine } from '../store/marks.ts';
import { defineSource, sourceOptions, type SourceBatch } from './source.ts';

const options = z.strictObject({
  path: z.string().min(1).describe('Data folder whose marks are read.'),
  follow: z.boolean().default(false).describe('Keep reading what people say, until the run ends.'),
  pollInterval: duration.prefault('500ms').describe('How often the followed file is looked at.'),
  ...sourceOptions,
});

/** A mark as it flows; its event time is when it was given. */
function makeSignal(line: MarkLine, source: string, path: string): Signal {
  if ('mark' in line) return { kind: 'mark', time: Date.parse(line.mark.at), key: '', mark: line.mark };
  return {
    kind: 'rejected',
    time: 0,
    key: '',
    rejected: { source, reason: line.reason, place: { file: marksFile(path) }, original: line.original },
  };
}

/** By their own times: a change may be marked after it was made. What is no mark has none. */
const inOrder = (records: readonly Signal[]): Signal[] => [
  ...records.filter(({ kind }) => kind === 'mark').toSorted((a, b) => a.time - b.time),
  ...records.filter(({ kind }) => kind !== 'mark'),
];

/**
 * What people say to radars of a data folder: acks, silences, notes, change markers. It accompanies other sources: it
 * moves no time, holds none back, and ends with them.
 */
export const marks = defineSource({
  name: 'marks',
  summary: 'what people say to the radars of a data folder: acks, silences, notes, change markers',
  options,
  accompanies: true,
  live: ({ follow }) => follow,
  readers: ({ follow }) => (follow ? 'each' : 'one'),
  // How long it goes on says nothing about where in the file it stands.
  identity: () => ({}),
  open: ({ path, follow, pollInterval }, { io, id, from, signal }) => {
    async function* batches(): AsyncGenerator<SourceBatch> {
      let position = typeof from === 'number' ? from : 0;
      do {
        const read = await readMarks(io.files, path, position);
        ({ position } = read);
        if (read.lines.length > 0) yield { records: inOrder(read.lines.map((line) => makeSignal(line, id, path))), position };
      } while (follow && (await waited(io, pollInterval, signal)));
    }
    return { batches: batches(), close: async () => {} };
  },
});

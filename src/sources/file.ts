import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { formatOption } from '../formats/index.ts';
import { FileRun } from './file/fileRun.ts';
import { withoutParsers } from './file/fileState.ts';
import { follow } from './file/follow.ts';
import { rewindPosition } from './file/rewindPosition.ts';
import { defineSource, sourceOptions } from './source.ts';

const options = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe('File to read, plain or gzip, or a glob of several (*, ?, **), read in the order of their names, oldest rotation first.'),
  format: formatOption,
  readFrom: z
    .enum(['beginning', 'end'])
    .default('beginning')
    .describe('Where a first run starts in files that exist already. Later runs go on where the last one stopped.'),
  follow: z.boolean().default(false).describe('Keep reading what is added, through rotation and truncation, until stopped.'),
  pollInterval: duration.prefault('250ms').describe('How often a followed file is looked at.'),
  flushAfter: duration
    .prefault('1s')
    .describe('When a followed file has been quiet for this long, a record that waited for more lines comes out.'),
  ...sourceOptions,
});

/** One file, or the files of a glob, plain or gzip. With `follow` it goes on like `tail -F`. */
export const file = defineSource({
  name: 'file',
  summary: 'a file or the files of a glob, plain or gzip; `follow: true` goes on reading like tail -F',
  options,
  replayable: true,
  sequential: true,
  live: ({ follow }) => follow,
  parsesAside: ({ follow }) => !follow,
  // A position knows its files by what is in them: another path is another file, and starts at its beginning. What the
  // parser of another format knew says nothing to this one.
  identity: ({ format }) => ({ format }),
  reread: withoutParsers,
  open: (given, context) => {
    const run = new FileRun(given, context);
    const live = { batches: follow(run, given, context) };
    const finite = {
      batches: run.once(),
      rewind: rewindPosition,
      sample: () => run.sample(),
    };
    return { ...(given.follow ? live : finite), counts: () => run.counts, extent: () => run.extent(), close: () => run.close() };
  },
});

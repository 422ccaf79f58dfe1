import type { Files, OpenFile } from '../../src/io.ts';

/** Names of the steps that can fail. */
export type Step = 'write' | 'sync' | 'truncate' | 'rename';

/**
 * Files whose `at`-th step (from 1, over all kinds of step) fails once: a write after half its bytes, as a full disk
 * does it, everything else at once. `steps` counts them.
 */
export function failingFiles(files: Files, at: number): { files: Files; steps: () => number } {
  let steps = 0;
  const fail = (step: Step) => Object.assign(new Error(`no room for a ${step}`), { code: 'ENOSPC' });
  const due = () => (steps += 1) === at;
  const wrap = (file: OpenFile): OpenFile => ({
    ...file,
    async write(bytes, position) {
      if (!due()) return file.write(bytes, position);
      await file.write(bytes.subarray(0, bytes.length >> 1), position);
      throw fail('write');
    },
    async sync() {
      if (due()) throw fail('sync');
      await file.sync();
    },
    async truncate(length) {
      if (due()) throw fail('truncate');
      await file.truncate(length);
    },
  });
  return {
    steps: () => steps,
    files: {
      ...files,
      open: async (path, flags, mode) => wrap(await files.open(path, flags, mode)),
      async rename(from, to) {
        if (due()) throw fail('rename');
        await files.rename(from, to);
      },
    },
  };
}

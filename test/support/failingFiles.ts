import type { Files, OpenFile } from '../../src/io.ts';

/** Names of the steps that can fail. */
export type Step = 'write' | 'sync' | 'truncate' | 'rename' | 'open' | 'syncFolder' | 'writeSync';

export interface Fault {
  /** What the system says; `short` takes only a part of a write and says so, which is no failure. */
  code?: 'ENOSPC' | 'EIO' | 'EMFILE' | 'EROFS' | 'EACCES' | 'short';
  /** Which kinds of step are counted. */
  steps?: readonly Step[];
  /** From there on everything fails, as on a disk that is full or gone. */
  lasting?: boolean;
}

/** What the disk of a run can refuse: everything that changes it. */
export const changingSteps: readonly Step[] = ['write', 'sync', 'truncate', 'rename', 'syncFolder', 'writeSync'];

/**
 * Files whose `at`-th step (from 1, over all kinds of step that are counted) fails once: a write after half its bytes, as a
 * full disk does it, everything else at once. `steps` counts them.
 */
export function failingFiles(
  files: Files,
  at: number,
  { code = 'ENOSPC', steps: counted = ['write', 'sync', 'truncate', 'rename'], lasting = false }: Fault = {},
): { files: Files; steps: () => number } {
  let steps = 0;
  const fail = (step: Step, path = '') => Object.assign(new Error(`no room for a ${step}`), { code, path });
  const due = (step: Step) => {
    if (!counted.includes(step)) return false;
    steps += 1;
    return lasting ? steps >= at : steps === at;
  };
  const failing = (step: Step, path?: string) => {
    if (due(step) && code !== 'short') throw fail(step, path);
  };
  const wrap = (file: OpenFile, path: string): OpenFile => ({
    ...file,
    async write(bytes, position) {
      if (!due('write')) return file.write(bytes, position);
      const taken = await file.write(bytes.subarray(0, code === 'short' ? Math.max(1, bytes.length >> 1) : bytes.length >> 1), position);
      if (code === 'short') return taken;
      throw fail('write', path);
    },
    async sync() {
      failing('sync', path);
      await file.sync();
    },
    async truncate(length) {
      failing('truncate', path);
      await file.truncate(length);
    },
  });
  return {
    steps: () => steps,
    files: {
      ...files,
      async open(path, flags, mode) {
        failing('open', path);
        return wrap(await files.open(path, flags, mode), path);
      },
      async rename(from, to) {
        failing('rename', to);
        await files.rename(from, to);
      },
      async syncFolder(path) {
        failing('syncFolder', path);
        await files.syncFolder(path);
      },
      writeSync(path, text) {
        failing('writeSync', path);
        files.writeSync(path, text);
      },
    },
  };
}

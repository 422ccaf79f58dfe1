import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { controlPath } from '../../../src/cli/control/controlPath.ts';
import { openControl, type Answers, type Control } from '../../../src/cli/control/openControl.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { CaducusError } from '../../../src/errors.ts';
import { nodeIo } from '../../../src/io.ts';
import { sampleLook } from './look.ts';

/** What a tap of these runs says. */
export const tapped = {
  counts: { seen: 48_210, unseen: 48_000, taken: 3, full: 0 },
  signals: Array.from({ length: 3 }, (_, at) => ({
    kind: 'event',
    time: 0,
    key: 'app',
    event: {
      id: `e${at}`,
      timestamp: '2026-03-14T03:00:00.000Z',
      source: 'app',
      group_id: 'app',
      text: `line ${at}`,
      metadata: { level: 'WARN' },
    },
  })),
};

/** A data folder for each test of a suite, in which pipelines answer as they are told. */
export function controlledRuns() {
  const io = nodeIo();
  const state = { dataDir: '', open: [] as Control[] };
  beforeEach(async () => {
    state.dataDir = await mkdtemp(join(tmpdir(), 'caducus-control-'));
  });
  afterEach(async () => {
    for (const control of state.open.splice(0)) await control.close();
    await rm(state.dataDir, { recursive: true });
  });
  return {
    io,
    get dataDir() {
      return state.dataDir;
    },
    context: () => ({ io, dataDir: state.dataDir, stop: new AbortController().signal }) as CliContext,
    async run(pipeline: string, answers: Partial<Answers> = {}): Promise<Control> {
      await mkdir(dirname(controlPath(io, state.dataDir, pipeline)), { recursive: true });
      const control = await openControl(io, state.dataDir, pipeline, {
        look: async (_wish, { say }) => void (await say(sampleLook({ subject: pipeline }))),
        tap: async ({ from }, { say }) => {
          if (from === 'nope') throw new CaducusError('CAD002', {}, 'no source, operator or port "nope"', { hint: 'Points of it: app.' });
          await say(tapped);
        },
        reload: async (_wish, { say }) => void (await say({ notes: ['operator memory: another window; what it knew is carried over'] })),
        ...answers,
      });
      state.open.push(control);
      return control;
    },
  };
}

/** Everything that is said, to its end. */
export async function allOf<T>(answers: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of answers) list.push(one);
  return list;
}

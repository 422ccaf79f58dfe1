import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { unspill } from '../../run/checkpoint/unspill.ts';
import { ArrivalJournal } from '../../run/intake/arrivalJournal.ts';
import { snapshotBefore, type RecordingHead } from '../../run/replay/recording.ts';
import type { ReplayOptions } from '../../run/replay/replayOptions.ts';
import type { CliContext } from '../shared/context.ts';
import { loadContext, type LoadFlags } from '../shared/loadContext.ts';
import { followed } from './followed.ts';

/** A part of a recording, by event time in milliseconds. */
export interface Stretch {
  folder: string;
  head: RecordingHead;
  from: number | null;
  to: number | null;
}

/** The pipeline of a recording, with the variables that it ran with. `out`: where it writes. */
export async function loadRecorded(
  { file, text, follow }: Pick<RecordingHead, 'file' | 'text' | 'follow'>,
  variables: RecordingHead['variables'],
  out: string,
  flags: LoadFlags,
  context: CliContext,
): Promise<Pipeline> {
  const base = await loadContext(flags, context);
  const config = (path: string) => (path === 'data_dir' ? out : base.variables.config(path));
  const env = Object.fromEntries(Object.entries({ ...context.io.env, ...variables }).filter(([, value]) => value !== null)) as Record<
    string,
    string
  >;
  const pipeline = await readPipeline(file, text, { ...base, variables: { ...base.variables, env, config } }, context.io);
  return follow === true ? followed(pipeline) : pipeline;
}

/** Vectors that the recorded run was given; none where it needed none. */
export async function findVectors(folder: string, { io }: CliContext): Promise<{ vectors?: string }> {
  const path = join(folder, 'vectors');
  return (await io.files.stat(path)) ? { vectors: path } : {};
}

/** What a run over a recording is given. Throws CAD002 for an end before the beginning. */
export async function replayOptions(pipeline: Pipeline, { folder, head, from, to }: Stretch, { io }: CliContext): Promise<ReplayOptions> {
  if (from !== null && to !== null && to <= from) throw new CaducusError('CAD002', { path: '--to' }, 'lies before --from');
  const { journal, snapshot: recorded, spilled = {} } = await snapshotBefore(io.files, folder, from);
  const snapshot = recorded && (await unspill(recorded, pipeline, (number) => spilled[number] ?? null));
  const arrivals = await ArrivalJournal.open(io.files, join(folder, 'arrivals'), journal);
  return { journal: arrivals, snapshot, until: to, closes: to !== null || head.closed };
}

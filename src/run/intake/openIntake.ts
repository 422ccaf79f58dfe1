import { join } from 'node:path';
import { thisProcess } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Snapshot } from '../checkpoint/snapshot.ts';
import type { RunOptions } from '../runOptions.ts';
import { ArrivalJournal } from './arrivalJournal.ts';
import { Intake, isLive, type IntakeOptions } from './intake.ts';

/** The sources of a run where a checkpoint left them, with the journal that a live run keeps of them, or a replay reads. */
export async function openIntake(
  pipeline: Pipeline,
  { io, dataDir, checkpoints, record, replay, parsing }: RunOptions,
  { snapshot, ...run }: { snapshot: Snapshot | null } & Pick<IntakeOptions, 'clock' | 'signal'>,
): Promise<Intake> {
  const journals = checkpoints?.folder !== undefined && pipeline.checkpoint.journal && isLive(pipeline);
  const folder = join(checkpoints?.folder ?? '', 'arrivals');
  const kept = journals ? await ArrivalJournal.open(io.files, folder, snapshot?.journal ?? null) : null;
  return new Intake(pipeline, snapshot?.sources ?? [], {
    io,
    dataDir,
    stateDir: join(dataDir, 'state', pipeline.name),
    ...run,
    // Of this process alone: runs that keep no state hold no lock.
    sortFolder: dataDir === '' ? null : join(dataDir, 'state', pipeline.name, 'sorting', String(thisProcess.pid)),
    journal: replay?.journal ?? kept,
    record: record?.journal ?? null,
    replay: replay ?? null,
    parsing,
  });
}

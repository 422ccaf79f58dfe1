import { withSchema } from '../../base/recordText.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { replaceFile, type Files, type Io } from '../../io.ts';
import type { CheckpointFile } from '../../store/checkpoint/checkpointFile.ts';
import { CheckpointStore, keptCheckpoints, type BadCheckpoint } from '../../store/checkpoint/checkpoints.ts';
import type { CheckpointWriter } from '../../store/checkpoint/checkpointWriter.ts';
import { forgetRecall } from '../../store/recall.ts';
import { readSpilled } from '../../store/spilled.ts';
import type { Checkpoints, Failure } from './checkpointer.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { fitSnapshot, type Fit } from './fitSnapshot.ts';
import { refuseUnfitting } from './refuseUnfitting.ts';
import { foldSnapshot, type Snapshot, type SnapshotHead } from './snapshot.ts';
import { unspill } from './unspill.ts';

/** Where the state of a pipeline lives. */
export const stateFolder = (dataDir: string, pipeline: string): string => join(dataDir, 'state', pipeline);

/** Failures that are remembered; older ones lie behind the checkpoints. */
const failuresKept = 1000;

export interface CheckpointingOptions {
  io: Io;
  dataDir: string;
  /** The pipeline may have changed in what its states are kept by: what does not fit any more starts anew. */
  acceptChanges?: boolean;
  /** Called with what was changed in the pipeline since the checkpoint, and what became of the state: a line each. */
  changed?(notes: readonly string[]): void;
  /** Called with the checkpoint that is gone on from, and those that had to be passed over. */
  restored?(checkpoint: CheckpointFile, bad: readonly BadCheckpoint[]): void;
  /** Asked before one counts: rejects when the state is another process's now. */
  confirm?(): Promise<void>;
  /** Called with each that is on disk, and how long it was under way, milliseconds. */
  written?(checkpoint: CheckpointFile, took: number): void;
}

/** Checkpoints of a pipeline on disk: restored from the newest good one, due every so many events or so much time. */
export class Checkpointing implements Checkpoints {
  readonly folder: string;
  /** The last one written or restored; null before. */
  last: CheckpointFile | null = null;
  readonly #pipeline: Pipeline;
  readonly #options: CheckpointingOptions;
  readonly #store: CheckpointStore;
  #writer: CheckpointWriter | null = null;
  /** Checkpoints of this run. */
  #written = 0;
  #failures: Failure[] | null = null;
  #since = 0;
  #at: number;

  constructor(pipeline: Pipeline, options: CheckpointingOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.folder = stateFolder(options.dataDir, pipeline.name);
    this.#store = new CheckpointStore(options.io.files, this.folder);
    this.#at = options.io.monotonic();
  }

  /** Throws CAD042 when the pipeline has changed in a way that the saved state does not fit, saying what differs. */
  async restore(): Promise<Snapshot | null> {
    const {
      checkpoint: { fsync },
      file,
    } = this.#pipeline;
    let fit: Fit | undefined;
    const found = await this.#store.newest(async (read) => {
      const head = fromSaved<SnapshotHead>(read.content);
      if (head.version !== 2) throw new CaducusError('CAD042', { file }, 'it was written by another version of this program');
      const folder = join(this.folder, 'spill');
      const saved = await unspill(foldSnapshot(head, read.lines), this.#pipeline, (number) =>
        readSpilled(this.#options.io.files, folder, number),
      );
      if (!saved) return 'a state that it names is gone';
      fit = fitSnapshot(saved, this.#pipeline, this.#options.acceptChanges);
      return null;
    });
    const { snapshot = null, notes = [], refused = [] } = (fit as Fit | undefined) ?? {};
    refuseUnfitting(this.#pipeline, refused);
    if (found.checkpoint === null && found.bad.length > 0) throw unusable(found.bad);
    this.#writer = await this.#store.writer({ fsync });
    if (found.checkpoint === null) return null;
    this.last = found.checkpoint;
    this.#options.restored?.(found.checkpoint, found.bad);
    if (notes.length > 0) this.#options.changed?.(notes);
    return snapshot;
  }

  due(records: number): boolean {
    const { events, every } = this.#pipeline.checkpoint;
    this.#since += records;
    return this.#since >= events || (this.#since > 0 && this.#options.io.monotonic() - this.#at >= every);
  }

  begin(all: boolean): boolean {
    this.#since = 0;
    this.#at = this.#options.io.monotonic();
    return this.#writer!.begin(all);
  }

  write(lines: readonly string[]): Promise<void> {
    return this.#writer!.write(lines);
  }

  async finish(head: SnapshotHead): Promise<void> {
    await this.#options.confirm?.();
    this.last = await this.#writer!.finish(toSaved(head));
    this.#options.written?.(this.last, this.#options.io.monotonic() - this.#at);
    if ((this.#written += 1) === keptCheckpoints) await this.#forgetSpilled();
  }

  /** None of the checkpoints that are kept is of a release that put states on disk. */
  async #forgetSpilled(): Promise<void> {
    const { files } = this.#options.io;
    const folder = join(this.folder, 'spill');
    for (const name of await files.list(folder)) await files.remove(join(folder, name));
  }

  abandon(): Promise<void> {
    return this.#writer!.abandon();
  }

  async failures(): Promise<readonly Failure[]> {
    this.#failures ??= await readFailures(this.#options.io.files, this.#failuresPath);
    return this.#failures;
  }

  async failed(failure: Failure): Promise<void> {
    const known = (await this.failures()).filter((one) => one.source !== failure.source || one.record !== failure.record);
    this.#failures = [...known, failure].slice(-failuresKept);
    await this.#options.io.files.makeFolder(this.folder);
    await replaceFile(this.#options.io.files, this.#failuresPath, Buffer.from(`${JSON.stringify(withSchema(this.#failures), null, 2)}\n`));
  }

  get #failuresPath(): string {
    return join(this.folder, 'failures.json');
  }
}

/** A file that cannot be read remembers nothing: then a failing record fails once more before it is set aside. */
async function readFailures(files: Files, path: string): Promise<Failure[]> {
  const stat = await files.stat(path);
  if (!stat) return [];
  try {
    return JSON.parse(await files.readText(path)) as Failure[];
  } catch {
    return [];
  }
}

function unusable(bad: readonly BadCheckpoint[]): CaducusError {
  const what = bad.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
  return new CaducusError('CAD042', {}, `no checkpoint can be used: ${what}`);
}

/** Forgets everything a pipeline knows, so that its next run starts anew. Returns how many checkpoints there were. */
export async function clearState(files: Files, folder: string): Promise<number> {
  const cleared = await new CheckpointStore(files, folder).clear();
  for (const below of ['spill', 'arrivals', 'vectors', 'cost']) {
    for (const name of await files.list(join(folder, below))) await files.remove(join(folder, below, name));
  }
  for (const name of ['failures.json', 'learned.json']) await files.remove(join(folder, name));
  await forgetRecall(files, folder);
  return cleared;
}

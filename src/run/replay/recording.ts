import { recordText, withSchema } from '../../base/recordText.ts';
import { join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Json } from '../../event.ts';
import { replaceFile, type Files } from '../../io.ts';
import { ArrivalJournal } from '../intake/arrivalJournal.ts';
import type { Snapshot } from '../checkpoint/snapshot.ts';

/** What a recording says of itself. */
export interface RecordingHead {
  version: 1;
  pipeline: string;
  /** The pipeline file as it was, and the name it had. */
  file: string;
  text: string;
  /** The variables its file asked for, null where one was not set; secrets left out. */
  variables: Record<string, string | null>;
  /** The run was set to go on reading, whatever its file says. */
  follow?: boolean;
  /** How the run ended; null while it goes on, or after a crash. */
  ended: 'input ended' | 'stopped' | null;
  /** The run closed what was open at its end. */
  closed: boolean;
  /** Newest event time, milliseconds; null without any, and while the run goes on. */
  newest: number | null;
}

/** A snapshot in a recording: with it, the decisions from `journal` on give the rest of the run. */
export interface RecordedSnapshot {
  journal: Json;
  snapshot: Snapshot | null;
  /** Of recordings of older releases: states that the snapshot names by number, as they were on disk. */
  spilled?: Record<number, Json>;
}

const headFile = 'recording.json';
const snapshotName = (number: number) => `${String(number).padStart(6, '0')}.json`;
/** Records between two snapshots of a recording. */
const snapshotEvery = 50_000;

/** Writes a recording: every decision of a run with its records, and a snapshot now and then. */
export class Recorder {
  readonly #files: Files;
  readonly #folder: string;
  #head: RecordingHead;
  readonly journal: ArrivalJournal;
  #snapshots = 0;
  #since = 0;

  readonly #every: number;

  private constructor(files: Files, folder: string, head: RecordingHead, journal: ArrivalJournal, every: number) {
    this.#every = every;
    this.#files = files;
    this.#folder = folder;
    this.#head = head;
    this.journal = journal;
  }

  /** Begins a recording in a folder that holds none. Throws CAD011 when there is one already. */
  static async create(
    files: Files,
    folder: string,
    about: Omit<RecordingHead, 'version' | 'ended' | 'closed' | 'newest'>,
    { every = snapshotEvery } = {},
  ): Promise<Recorder> {
    if (await files.stat(join(folder, headFile))) {
      throw new CaducusError('CAD011', { file: folder }, 'holds a recording already', { hint: 'Give another folder, or remove that one.' });
    }
    await files.makeFolder(join(folder, 'snapshots'));
    const journal = await ArrivalJournal.open(files, join(folder, 'arrivals'), null);
    // Nothing is there to be read: what is appended stands behind it.
    await journal.rest().next();
    const recorder = new Recorder(files, folder, { version: 1, ...about, ended: null, closed: false, newest: null }, journal, every);
    await recorder.#writeHead();
    return recorder;
  }

  /** Whether a snapshot is due after that many further records. */
  due(records: number): boolean {
    this.#since += records;
    return this.#since >= this.#every;
  }

  /** Keeps where the run stands before the next decision. */
  async snapshot(snapshot: Snapshot | null): Promise<void> {
    this.#since = 0;
    const recorded: RecordedSnapshot = { journal: this.journal.position, snapshot };
    await replaceFile(
      this.#files,
      join(this.#folder, 'snapshots', snapshotName((this.#snapshots += 1))),
      Buffer.from(recordText(recorded)),
      { fsync: false },
    );
  }

  /** The run is over. */
  async finish({ ended, closed, newest }: Pick<RecordingHead, 'ended' | 'closed' | 'newest'>): Promise<void> {
    await this.journal.close();
    this.#head = { ...this.#head, ended, closed, newest };
    await this.#writeHead();
  }

  #writeHead(): Promise<void> {
    return replaceFile(this.#files, join(this.#folder, headFile), Buffer.from(`${JSON.stringify(withSchema(this.#head), null, 2)}\n`));
  }
}

/** Reads what a recording says of itself. Throws CAD010 when there is none. */
export async function readRecording(files: Files, folder: string): Promise<RecordingHead> {
  const path = join(folder, headFile);
  if (!(await files.stat(path)))
    throw new CaducusError('CAD010', { file: folder }, 'holds no recording', { hint: 'caducus run PIPELINE --record DIR makes one.' });
  return JSON.parse(await files.readText(path)) as RecordingHead;
}

/** The newest snapshot that stands before an event time; the first when no time is given. */
export async function snapshotBefore(files: Files, folder: string, time: number | null): Promise<RecordedSnapshot> {
  const names = (await files.list(join(folder, 'snapshots'))).filter((name) => /^\d{6}\.json$/.test(name));
  let found: RecordedSnapshot | null = null;
  for (const name of names) {
    const one = JSON.parse(await files.readText(join(folder, 'snapshots', name))) as RecordedSnapshot;
    if (found && (time === null || (one.snapshot?.newest ?? Number.NEGATIVE_INFINITY) > time)) break;
    found = one;
  }
  if (!found) throw new CaducusError('CAD010', { file: folder }, 'the recording has no snapshot to begin with');
  return found;
}

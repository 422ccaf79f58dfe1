import type { SavedFolding } from '../../kernel/folding.ts';
import type { Io } from '../../io.ts';
import { ioFailure } from '../ioFailure.ts';
import { CutShort } from '../stopPatience.ts';
import { keyLine, type Snapshot, type SnapshotHead } from './snapshot.ts';

/** A record at which an operator threw: told apart over restarts by how many its source had given before. */
export interface Failure {
  source: string;
  record: number;
  operator: string;
  reason: string;
}

/** Where checkpoints are kept. */
export interface Checkpoints {
  /** Folder for what else has to survive, such as journals; none when left out. */
  readonly folder?: string;
  /** What to go on from; null for a fresh start. */
  restore(): Promise<Snapshot | null>;
  /** Whether one is due after that many further records. */
  due(records: number): boolean;
  /** Starts one. Returns whether it has to hold all keys, or only those changed since the one before. */
  begin(all: boolean): boolean;
  write(lines: readonly string[]): Promise<void>;
  finish(head: SnapshotHead): Promise<void>;
  /** Stops half-way: the one before still counts. */
  abandon(): Promise<void>;
  /** Failures of earlier runs, and one more. */
  failures?(): Promise<readonly Failure[]>;
  failed?(failure: Failure): Promise<void>;
}

/** What an operator gives for a checkpoint: see `Instance`. */
export interface Copied {
  beginCopy(all: boolean): SavedFolding | null;
  nextCopied(characters: number): string[] | Promise<string[]>;
}

/** Characters of keys that are copied in one go: some milliseconds. */
const slice = 1 << 18;

export interface CheckpointerOptions {
  io: Io;
  /** Whether one that is under way is not worth waiting for any more. */
  isLate?(): boolean;
  /** Called once a checkpoint is on disk. */
  done(head: SnapshotHead): Promise<void>;
}

/**
 * Takes checkpoints beside the run. At the moment one begins, everything small is saved and every operator starts a copy
 * of its keys; the keys then go to disk in slices while the run goes on.
 */
export class Checkpointer {
  /** The longest that a beginning or a slice has kept the run waiting, milliseconds. */
  longestPause = 0;
  readonly #checkpoints: Checkpoints;
  readonly #options: CheckpointerOptions;
  #running: Promise<void> | null = null;
  #failure: { error: unknown } | null = null;
  #stopped = false;
  /** The next one has to hold all keys, whatever the ones before hold. */
  #all = false;

  constructor(checkpoints: Checkpoints, options: CheckpointerOptions) {
    this.#checkpoints = checkpoints;
    this.#options = options;
  }

  get running(): boolean {
    return this.#running !== null;
  }

  /** A part of it has kept the run waiting that long, milliseconds. */
  paused(took: number): void {
    this.longestPause = Math.max(this.longestPause, took);
  }

  /** The operators have been built anew: what they changed before is not known to them. */
  forget(): void {
    this.#all = true;
  }

  /** Starts one; none may be running. `head` is taken as it is now. */
  begin(
    head: Omit<SnapshotHead, 'operators'>,
    operators: readonly { id: string; hash: string; stateVersion: number }[],
    instances: ReadonlyMap<string, Copied>,
  ): void {
    const all = this.#checkpoints.begin(this.#all);
    this.#all = false;
    const copies = operators.map((operator) => ({ ...operator, folding: instances.get(operator.id)!.beginCopy(all) }));
    // A text, because the positions in it may be the sinks' own objects, which go on changing.
    const text = JSON.stringify({ ...head, operators: copies } satisfies SnapshotHead);
    this.#running = this.#write(text, instances).then(
      () => void (this.#running = null),
      (error: unknown) => {
        this.#running = null;
        this.#failure ??= { error: ioFailure(error, { path: 'checkpoint' }) };
      },
    );
  }

  /** Throws when the last one failed. */
  check(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Resolves when none is running; throws when the last one failed, and CutShort where it was not worth waiting for. */
  async settle(): Promise<void> {
    await this.#running;
    this.check();
  }

  /** The run has failed: one that is under way is not finished. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #write(text: string, instances: ReadonlyMap<string, Copied>): Promise<void> {
    for (let more = true; more && !this.#stopped;) {
      more = false;
      for (const [id, instance] of instances) {
        const next = this.#next(id, instance);
        const lines = Array.isArray(next) ? next : await next;
        if (lines.length === 0) continue;
        more = true;
        await this.#checkpoints.write(lines);
        if (this.#options.isLate?.() !== true) continue;
        await this.#checkpoints.abandon();
        throw new CutShort();
      }
    }
    if (this.#stopped) return this.#checkpoints.abandon();
    const head = JSON.parse(text) as SnapshotHead;
    await this.#checkpoints.finish(head);
    await this.#options.done(head);
  }

  /** At once where the operator is here, so that nothing comes between one part of it and the next. */
  #next(id: string, instance: Copied): string[] | Promise<string[]> {
    const { io } = this.#options;
    const toLines = (texts: readonly string[]) => texts.map((text) => keyLine(id, text));
    const began = io.monotonic();
    const copied = instance.nextCopied(slice);
    // Where it is made elsewhere, nothing waits for it here.
    if (!Array.isArray(copied)) return copied.then(toLines);
    const lines = toLines(copied);
    this.paused(io.monotonic() - began);
    return lines;
  }
}

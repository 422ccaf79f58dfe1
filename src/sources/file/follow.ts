import { dirname } from 'node:path';
import { waited } from '../../base/waiting.ts';
import { CaducusError } from '../../errors.ts';
import { cannotRead, isRefusal, notFound } from './fileErrors.ts';
import type { FoundFile, RefusedFile } from './fileFinder.ts';
import type { FileReader } from './fileReader.ts';
import type { FileRun } from './fileRun.ts';
import { isGlob } from './glob.ts';
import { DamagedGzip } from './openBytes.ts';
import type { SourceBatch, SourceContext } from '../source.ts';

export interface FollowOptions {
  path: string;
  /** Milliseconds between looks. */
  pollInterval: number;
  /** Milliseconds of quiet after which a record that waits for more lines comes out. */
  flushAfter: number;
}

/** Milliseconds of quiet after which nothing more is expected: of a file that has a successor, and of compressed data. */
const patience = { replaced: 10_000, compressed: 60_000 };

/** A log that does not exist yet is waited for, one in a folder that does not exist is a slip of the pen. */
async function mustBePossible(path: string, { io }: SourceContext): Promise<void> {
  if (!isGlob(path) && !(await io.files.stat(dirname(path)))) throw await notFound(path, io.files);
}

/** Whether a file went away between the look for it and its reading. */
const isGone = (error: unknown) => error instanceof CaducusError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';

/** What a reader has been doing; times of the clock that never jumps, milliseconds. */
interface Activity {
  /** When it last got something. */
  readAt: number;
  /** It may hold a record that waits for more lines. */
  waits: boolean;
  /** Size of compressed data that ended before its end. */
  cutAt: number | null;
}

/**
 * Reads like `tail -F`, by looking again and again: what is added to files, files that appear, and the rest of those that
 * were renamed, compressed, copied away or removed. Ends when the source is closed.
 */
export async function* follow(run: FileRun, options: FollowOptions, context: SourceContext): AsyncGenerator<SourceBatch> {
  const following = new Following(run, options, context);
  for (let isStart = true; !context.signal.aborted; isStart = false) {
    try {
      yield* following.look(isStart);
    } catch (error) {
      // The next look tells what became of it.
      if (!isGone(error) && (isStart || !isRefusal(error))) throw error;
    }
    if (!(await waited(context.io, options.pollInterval, context.signal))) return;
  }
}

class Following {
  readonly #run: FileRun;
  readonly #options: FollowOptions;
  readonly #context: SourceContext;
  readonly #activity = new Map<FileReader, Activity>();
  /** Paths that could not be read at the last look. */
  #refused = new Set<string>();

  constructor(run: FileRun, options: FollowOptions, context: SourceContext) {
    this.#run = run;
    this.#options = options;
    this.#context = context;
  }

  /** What has come since the last look. */
  async *look(isStart: boolean): AsyncGenerator<SourceBatch> {
    const { files, lost, refused } = await this.#run.find();
    yield* this.#refusals(refused, isStart);
    if (isStart && files.length === 0 && refused.length === 0) await mustBePossible(this.#options.path, this.#context);
    yield* this.#run.reportLost(lost);
    yield* this.#rewritten(files);
    // What has no name any more is older than all that has one.
    const named = new Set(files.map(({ node }) => node));
    for (const [node, reader] of this.#run.readers) if (!named.has(node)) yield* this.#take(reader);
    for (const file of files) {
      if (!this.#run.isOpen(file) || this.#isAsItWas(file)) continue;
      // A new generation goes on from the last record of the one before it.
      if (!this.#run.readers.has(file.node)) yield* this.#flushOlder(file.chain);
      const reader = await this.#openReader(file, isStart);
      if (reader) yield* this.#take(reader, file);
      if (this.#context.signal.aborted) return;
    }
    yield* this.#rest(files);
  }

  /** Of one file alone that may not be read at the start that is an error; later, and of several, it is waited for. */
  *#refusals(refused: readonly RefusedFile[], isStart: boolean): Generator<SourceBatch> {
    if (isStart && refused.length > 0 && !isGlob(this.#options.path)) throw cannotRead(refused[0]!.path, refused[0]!.error);
    for (const { path, error } of refused) if (!this.#refused.has(path)) yield* this.#run.refused(path, error);
    this.#refused = new Set(refused.map(({ path }) => path));
  }

  /** Compressed data may not be complete yet; nothing to be reported of it before some of it can be read. */
  async #openReader(file: FoundFile, isStart: boolean): Promise<FileReader | null> {
    // An emptied file has ended for its old reader.
    const held = this.#run.readers.get(file.node);
    if (held?.state.closed) await this.#forget(file.node);
    try {
      return await this.#run.reader(file, isStart);
    } catch (error) {
      if (error instanceof DamagedGzip && error.isCut) return null;
      throw error;
    }
  }

  #isAsItWas({ node, gzip, size, state }: FoundFile): boolean {
    const reader = this.#run.readers.get(node);
    // The reader of what the file held before it was emptied knows nothing of what it holds now.
    if (!reader || reader.state.closed || !state) return false;
    return gzip ? this.#activity.get(reader)?.cutAt === size : reader.fed >= size;
  }

  /** What is there now. Before the first record of a generation, what waited in the one before it comes out. */
  async *#take(reader: FileReader, file?: FoundFile): AsyncGenerator<SourceBatch> {
    const before = reader.fed;
    yield* this.#flushOlder(reader.chain, reader);
    const damage = yield* this.#run.drain(reader);
    if (this.#context.signal.aborted) return;
    const now = this.#context.io.monotonic();
    if (reader.fed > before || !this.#activity.has(reader)) this.#activity.set(reader, { readAt: now, waits: true, cutAt: null });
    if (!file?.gzip) return;
    if (damage?.isCut) this.#activity.get(reader)!.cutAt = file.size;
    else yield this.#run.batch(reader, damage ? reader.damaged(damage) : reader.end(true));
  }

  *#flushOlder(chain: string, reader: FileReader | null = null): Generator<SourceBatch> {
    for (const other of this.#run.readers.values()) {
      // Readers stand in the order of their generations.
      if (other === reader) return;
      const activity = this.#activity.get(other);
      if (other.chain !== chain || !activity?.waits) continue;
      activity.waits = false;
      yield this.#run.batch(other, other.flush());
    }
  }

  /**
   * Files whose content is another now, or that are gone: what was copied away or compressed is read on from the copy, of the
   * rest the last record comes out.
   */
  async *#rewritten(files: readonly FoundFile[]): AsyncGenerator<SourceBatch> {
    const copied = new Set(files.map(({ was }) => was));
    const named = new Set(files.map(({ node }) => node));
    for (const node of copied) if (node !== null && !named.has(node)) await this.#forget(node);
    for (const { node, path, state } of files) {
      const reader = state ? undefined : this.#run.readers.get(node);
      if (!reader) continue;
      await this.#forget(node);
      if (copied.has(node)) continue;
      yield { records: reader.end(true), position: this.#run.position() };
      if ((reader.state.size ?? 0) > reader.fed) yield* this.#run.reportLost([{ state: reader.state, next: path }]);
    }
  }

  /** What has been quiet: records that wait come out, and files that are replaced or removed are closed. */
  async *#rest(files: readonly FoundFile[]): AsyncGenerator<SourceBatch> {
    const now = this.#context.io.monotonic();
    const byNode = new Map(files.map((file) => [file.node, file]));
    for (const [node, reader] of this.#run.readers) {
      const activity = this.#activity.get(reader);
      if (!activity) continue;
      const quiet = now - activity.readAt;
      const file = byNode.get(node);
      if (activity.cutAt !== null) {
        if (quiet < patience.compressed) continue;
        const cut = new DamagedGzip('it ends before its end', { isCut: true, cause: undefined });
        yield this.#run.batch(reader, reader.damaged(cut));
      } else if (quiet >= patience.replaced && (!file || isReplaced(file, files))) {
        const records = reader.end(true);
        yield this.#run.batch(reader, records);
      } else if (quiet >= this.#options.flushAfter && activity.waits) {
        activity.waits = false;
        yield this.#run.batch(reader, reader.flush());
      }
      if (reader.state.closed) await this.#forget(node);
    }
  }

  async #forget(node: string): Promise<void> {
    const reader = this.#run.readers.get(node);
    if (reader) this.#activity.delete(reader);
    await this.#run.forget(node);
  }
}

/** Whether a younger generation of the same log has something in it. */
const isReplaced = (file: FoundFile, all: readonly FoundFile[]) =>
  all.some((other, at) => other.chain === file.chain && other.size > 0 && at > all.indexOf(file));

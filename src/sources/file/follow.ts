import { dirname } from 'node:path';
import { waited } from '../../base/waiting.ts';
import { CaducusError } from '../../errors.ts';
import { notFound } from './fileErrors.ts';
import type { FoundFile } from './fileFinder.ts';
import type { FileReader } from './fileReader.ts';
import type { FileRun } from './fileRun.ts';
import { isGlob } from './glob.ts';
import { logicalPath } from './rotation.ts';
import type { SourceBatch, SourceContext } from '../source.ts';

export interface FollowOptions {
  path: string;
  /** Milliseconds between looks. */
  pollInterval: number;
  /** Milliseconds of quiet after which a record that waits for more lines comes out. */
  flushAfter: number;
}

/** A log that does not exist yet is waited for, one in a folder that does not exist is a slip of the pen. */
async function mustBePossible(path: string, { io }: SourceContext): Promise<void> {
  if (!isGlob(path) && !(await io.files.stat(dirname(path)))) throw notFound(path);
}

/** Whether a file went away between the look for it and its reading; the next look tells what became of it. */
const isGone = (error: unknown) => error instanceof CaducusError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';

/** A file that rotation has set aside, with the one that took its place among the others. */
const isReplaced = (file: FoundFile, all: readonly FoundFile[]) =>
  logicalPath(file.path) !== file.path && all.some(({ path }) => path === logicalPath(file.path));

/**
 * Reads like `tail -F`, by looking again and again: what is added to files, files that appear, and the rest of those that
 * were renamed, compressed or copied away. Ends when the source is closed.
 */
export async function* follow(run: FileRun, options: FollowOptions, context: SourceContext): AsyncGenerator<SourceBatch> {
  /** When each reader last got something; absent once it was flushed. */
  const active = new Map<FileReader, number>();
  for (let isStart = true; !context.signal.aborted; isStart = false) {
    try {
      yield* look(run, options, context, active, isStart);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    if (!(await waited(context.io, options.pollInterval, context.signal))) return;
  }
}

/** What has come since the last look. */
async function* look(
  run: FileRun,
  { path, flushAfter }: FollowOptions,
  context: SourceContext,
  active: Map<FileReader, number>,
  isStart: boolean,
): AsyncGenerator<SourceBatch> {
  const { io, signal } = context;
  const found = await run.find();
  if (isStart && found.length === 0) await mustBePossible(path, context);
  yield* letGo(run, found, active);
  for (const file of found) {
    if (file.state?.closed) continue;
    const reader = await run.reader(file, isStart);
    if (!file.gzip && reader.fed >= file.size) continue;
    yield* run.drain(reader);
    if (signal.aborted) return;
    active.set(reader, io.monotonic());
    if (file.gzip) yield run.batch(reader, reader.end(true));
  }
  for (const file of found) {
    const reader = run.readers.get(file.node);
    const since = reader && active.get(reader);
    if (!reader || since === undefined || io.monotonic() - since < flushAfter) continue;
    active.delete(reader);
    yield run.batch(reader, isReplaced(file, found) ? reader.end(true) : reader.flush());
  }
}

/**
 * Files that are gone or were emptied: what their readers hold comes out, and they are forgotten. What was copied or
 * compressed is read on from the copy, which has what the reader holds too.
 */
async function* letGo(run: FileRun, found: readonly FoundFile[], active: Map<FileReader, number>): AsyncGenerator<SourceBatch> {
  const kept = new Set(found.flatMap(({ node, state }) => (state ? [node] : [])));
  const copied = new Set(found.map(({ was }) => was));
  for (const [node, reader] of run.readers) {
    if (kept.has(node)) continue;
    run.readers.delete(node);
    active.delete(reader);
    if (!copied.has(node)) yield { records: reader.end(true), position: run.position() };
  }
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { toIso, type Json } from '../../event.ts';
import type { Files } from '../../io.ts';
import { headPattern, keysPattern, type CheckpointFile, type CheckpointHead, type KeysPart } from './checkpointFile.ts';
import { CheckpointWriter } from './checkpointWriter.ts';

/** Checkpoints that are kept: the newest, and two to fall back to. */
export const keptCheckpoints = 3;

/** Why a checkpoint could not be used. */
export interface BadCheckpoint {
  path: string;
  reason: string;
}

/** A whole checkpoint: what was saved, and the lines of its files of keys, oldest first. */
export interface ReadCheckpoint {
  content: Json;
  lines: string[];
}

const sumUp = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * The checkpoints of one pipeline. `<folder>/checkpoint-<number>.json` is a line with its checksum and a line with the
 * content; it names files `keys-<number>.ndjson` of which the first holds all keys and each later one those that changed.
 * None of these files changes once a checkpoint names it; a torn or flipped one spoils that checkpoint, and the one before
 * is taken.
 */
export class CheckpointStore {
  readonly #files: Files;
  readonly folder: string;

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.folder = folder;
  }

  /** Oldest first. */
  async list(): Promise<CheckpointFile[]> {
    const found: CheckpointFile[] = [];
    for (const name of await this.#files.list(this.folder)) {
      const number = headPattern.exec(name)?.[1];
      if (number === undefined) continue;
      const path = join(this.folder, name);
      const stat = await this.#files.lstat(path);
      if (!stat?.isFile()) continue;
      const head = await this.head(path);
      const parts = 'reason' in head ? [] : head.parts;
      found.push({
        number: Number(number),
        path,
        bytes: parts.reduce((sum, { bytes }) => sum + bytes, stat.size),
        written: toIso(stat.mtimeMs),
      });
    }
    return found.toSorted((a, b) => a.number - b.number);
  }

  /** The newest that is whole and that `fits`, with those that had to be passed over; null when there is none. */
  async newest(
    fits: (read: ReadCheckpoint) => Promise<string | null> = async () => null,
  ): Promise<(ReadCheckpoint & { checkpoint: CheckpointFile; bad: BadCheckpoint[] }) | { checkpoint: null; bad: BadCheckpoint[] }> {
    const bad: BadCheckpoint[] = [];
    for (const checkpoint of (await this.list()).toReversed()) {
      const read = await this.read(checkpoint.path);
      const reason = 'reason' in read ? read.reason : await fits(read);
      if (reason === null) return { checkpoint, ...(read as ReadCheckpoint), bad };
      bad.push({ path: checkpoint.path, reason });
    }
    return { checkpoint: null, bad };
  }

  /** A checkpoint with its keys, or why it cannot be used. */
  async read(path: string): Promise<ReadCheckpoint | { reason: string }> {
    const head = await this.head(path);
    if ('reason' in head) return head;
    const lines: string[] = [];
    for (const part of head.parts) {
      const reason = await this.#keys(part, lines);
      if (reason !== null) return { reason: `${part.file}: ${reason}` };
    }
    return { content: head.content, lines };
  }

  /** The head of a checkpoint, which names its files of keys, or why it cannot be used. */
  async head(path: string): Promise<CheckpointHead | { reason: string }> {
    let text: string;
    try {
      text = await this.#files.readText(path);
    } catch (error) {
      return { reason: `cannot be read: ${(error as Error).message}` };
    }
    const cut = text.indexOf('\n');
    const body = text.slice(cut + 1, -1);
    if (cut < 0 || !text.endsWith('\n')) return { reason: 'torn: its end is missing' };
    if (text.slice(0, cut) !== sumUp(body)) return { reason: 'its checksum does not fit' };
    const head = JSON.parse(body) as CheckpointHead;
    return Array.isArray(head.parts) ? head : { reason: 'it is of another version of this program' };
  }

  /** Adds the lines of one file of keys; returns why it cannot be used, or null. */
  async #keys({ file, bytes, sum }: KeysPart, lines: string[]): Promise<string | null> {
    const hash = createHash('sha256');
    const chunks: Uint8Array[] = [];
    let rest = 0;
    try {
      for await (const chunk of this.#files.chunks(join(this.folder, file), bytes > 0 ? { end: bytes - 1 } : {})) {
        hash.update(chunk);
        rest += chunk.length;
        chunks.push(chunk);
      }
    } catch (error) {
      return `cannot be read: ${(error as Error).message}`;
    }
    if (rest < bytes) return 'torn: its end is missing';
    if (hash.digest('hex') !== sum) return 'its checksum does not fit';
    for (const line of listLines(chunks)) lines.push(line);
    return null;
  }

  /** Starts the next checkpoints of a run: one writer for all of them. */
  async writer({ fsync = true } = {}): Promise<CheckpointWriter> {
    await this.#files.makeFolder(this.folder);
    const kept: { number: number; parts: readonly KeysPart[] }[] = [];
    for (const { number, path } of await this.list()) {
      const head = await this.head(path);
      kept.push({ number, parts: 'reason' in head ? [] : head.parts });
    }
    return new CheckpointWriter(this.#files, this.folder, { fsync, kept, keep: keptCheckpoints });
  }

  /** Removes all of them. Returns how many there were. */
  async clear(): Promise<number> {
    const there = await this.list();
    // The newest first: half-way through, what is left is whole.
    for (const { path } of there.toReversed()) await this.#files.remove(path);
    for (const name of await this.#files.list(this.folder)) if (keysPattern.test(name)) await this.#files.remove(join(this.folder, name));
    return there.length;
  }
}

/** Whole lines of some chunks; lines may span chunks. A file of keys can be longer than the longest string. */
function* listLines(chunks: readonly Uint8Array[]): Generator<string> {
  let open: Uint8Array[] = [];
  for (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      yield Buffer.concat([...open, chunk.subarray(at, end)]).toString('utf8');
      open = [];
      at = end + 1;
    }
    if (at < chunk.length) open.push(chunk.subarray(at));
  }
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isoOf, type Json } from '../event.ts';
import { replaceFile, type Files } from '../io.ts';

/** Snapshots that are kept: the newest, and two to fall back to. */
const kept = 3;
const namePattern = /^checkpoint-(\d{8})\.json$/;
const fileName = (number: number) => `checkpoint-${String(number).padStart(8, '0')}.json`;

/** A checkpoint on disk. */
export interface CheckpointFile {
  number: number;
  path: string;
  bytes: number;
  /** ISO 8601 UTC. */
  written: string;
}

/** Why a checkpoint could not be used. */
export interface BadCheckpoint {
  path: string;
  reason: string;
}

const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * The snapshots of one pipeline: `<folder>/checkpoint-<number>.json`, a line with the checksum, a line with the content.
 * Each is written as a whole (temporary file, fsync, rename, fsync of the folder); a torn or flipped one is passed over
 * for the one before.
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
      const number = namePattern.exec(name)?.[1];
      if (number === undefined) continue;
      const path = join(this.folder, name);
      const stat = await this.#files.lstat(path);
      if (stat?.isFile()) found.push({ number: Number(number), path, bytes: stat.size, written: isoOf(stat.mtimeMs) });
    }
    return found.toSorted((a, b) => a.number - b.number);
  }

  /** The newest that is whole, with those that had to be passed over; null when there is none. */
  async newest(): Promise<{ checkpoint: CheckpointFile; content: Json; bad: BadCheckpoint[] } | { checkpoint: null; bad: BadCheckpoint[] }> {
    const bad: BadCheckpoint[] = [];
    for (const checkpoint of (await this.list()).toReversed()) {
      const read = await this.read(checkpoint.path);
      if ('content' in read) return { checkpoint, content: read.content, bad };
      bad.push({ path: checkpoint.path, reason: read.reason });
    }
    return { checkpoint: null, bad };
  }

  /** The content of one file, or why it cannot be used. */
  async read(path: string): Promise<{ content: Json } | { reason: string }> {
    const text = await this.#files.readText(path);
    const cut = text.indexOf('\n');
    const body = text.slice(cut + 1, -1);
    if (cut < 0 || !text.endsWith('\n')) return { reason: 'torn: its end is missing' };
    if (text.slice(0, cut) !== sumOf(body)) return { reason: 'its checksum does not fit' };
    return { content: JSON.parse(body) as Json };
  }

  /** Writes the next one, and lets go of those beyond three. */
  async save(content: Json, { fsync = true } = {}): Promise<CheckpointFile> {
    await this.#files.makeFolder(this.folder);
    const there = await this.list();
    const number = (there.at(-1)?.number ?? 0) + 1;
    const body = JSON.stringify(content);
    const bytes = Buffer.from(`${sumOf(body)}\n${body}\n`);
    const path = join(this.folder, fileName(number));
    await replaceFile(this.#files, path, bytes, { fsync });
    for (const old of there.slice(0, Math.max(0, there.length + 1 - kept))) await this.#files.remove(old.path);
    return { number, path, bytes: bytes.length, written: '' };
  }

  /** Removes all of them. */
  async clear(): Promise<number> {
    const there = await this.list();
    for (const { path } of there) await this.#files.remove(path);
    return there.length;
  }
}

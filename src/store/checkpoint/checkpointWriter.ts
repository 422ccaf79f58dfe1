import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { toIso, type Json } from '../../event.ts';
import { replaceFile, writeAll, type Files, type OpenFile } from '../../io.ts';
import { keysPattern, type CheckpointFile, type CheckpointHead, type KeysPart } from './checkpointFile.ts';

const digits = (number: number) => String(number).padStart(8, '0');

/** Files of changed keys that follow one of all keys, at most. */
const longestChain = 8;

/** Writes the checkpoints of a run, one after the other: `begin`, `write` as often as needed, `finish`. */
export class CheckpointWriter {
  readonly #files: Files;
  readonly #folder: string;
  readonly #fsync: boolean;
  readonly #keep: number;
  #kept: { number: number; parts: readonly KeysPart[] }[];
  /** What the last checkpoint of this run is made of; a run starts with all keys. */
  #chain: readonly KeysPart[] = [];
  #number: number;
  #all = true;
  #file: OpenFile | null = null;
  #hash: Hash = createHash('sha256');
  #bytes = 0;

  constructor(
    files: Files,
    folder: string,
    { fsync, kept, keep }: { fsync: boolean; kept: { number: number; parts: readonly KeysPart[] }[]; keep: number },
  ) {
    this.#files = files;
    this.#folder = folder;
    this.#fsync = fsync;
    this.#keep = keep;
    this.#kept = kept;
    this.#number = kept.at(-1)?.number ?? 0;
  }

  /** Starts the next one. Returns whether it has to hold all keys, or only those that changed. */
  begin(all = false): boolean {
    this.#number += 1;
    const changed = this.#chain.slice(1).reduce((sum, { bytes }) => sum + bytes, 0);
    this.#all = all || this.#chain.length === 0 || this.#chain.length > longestChain || changed > this.#chain[0]!.bytes;
    this.#hash = createHash('sha256');
    this.#bytes = 0;
    return this.#all;
  }

  /** Adds keys, a line of JSON each. */
  async write(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    this.#file ??= await this.#files.open(join(this.#folder, this.#keysFile), 'w');
    await writeAll(this.#file, bytes, this.#bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** Makes the checkpoint count, and lets go of those that are not kept any more. */
  async finish(content: Json): Promise<CheckpointFile> {
    const parts = [...(this.#all ? [] : this.#chain)];
    if (this.#file) {
      if (this.#fsync) await this.#file.sync();
      await this.abandon();
      parts.push({ file: this.#keysFile, bytes: this.#bytes, sum: this.#hash.digest('hex') });
    }
    const body = JSON.stringify({ parts, content } satisfies CheckpointHead);
    const bytes = Buffer.from(`${createHash('sha256').update(body).digest('hex')}\n${body}\n`);
    const path = join(this.#folder, `checkpoint-${digits(this.#number)}.json`);
    await replaceFile(this.#files, path, bytes, { fsync: this.#fsync });
    this.#chain = parts;
    this.#kept.push({ number: this.#number, parts });
    await this.#clean();
    const written = (await this.#files.lstat(path))?.mtimeMs ?? 0;
    return { number: this.#number, path, bytes: parts.reduce((sum, part) => sum + part.bytes, bytes.length), written: toIso(written) };
  }

  /** Stops half-way: what has been written is named by no checkpoint. */
  async abandon(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  get #keysFile(): string {
    return `keys-${digits(this.#number)}.ndjson`;
  }

  async #clean(): Promise<void> {
    const gone = this.#kept.slice(0, -this.#keep);
    this.#kept = this.#kept.slice(-this.#keep);
    for (const { number } of gone) await this.#files.remove(join(this.#folder, `checkpoint-${digits(number)}.json`));
    const named = new Set(this.#kept.flatMap(({ parts }) => parts.map(({ file }) => file)));
    for (const name of await this.#files.list(this.#folder)) {
      if (keysPattern.test(name) && !named.has(name)) await this.#files.remove(join(this.#folder, name));
    }
  }
}

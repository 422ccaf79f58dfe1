import { recordLine } from '../../base/recordText.ts';
import { dirname, join } from 'node:path';
import { CaducusError } from '../../errors.ts';
import { toIso, type Event } from '../../event.ts';
import { writeAll, type Files } from '../../io.ts';
import { canonicalEvent } from '../canonicalEvent.ts';
import { endLastLine } from '../endLastLine.ts';
import { encodeName } from '../encodeName.ts';
import { OpenFiles } from '../openFiles.ts';
import { expired, type Retention } from './retention.ts';
import { indexPath } from './segmentIndex.ts';
import { dayEnd, parseSegmentFile, segmentFile } from './segmentName.ts';

export interface SegmentsOptions {
  dataDir: string;
  /** Whose files these are: only a writer's own are appended to, cut or removed. */
  writer: string;
  /** A file that would grow past this is followed by a next part. */
  partBytes: number;
  maxOpen: number;
  durable: boolean;
}

/** Lengths of a writer's files, by path below `segments/`. */
export type Lengths = Record<string, number>;

const day = 86_400_000;

/** What a batch adds to one file: from byte `at`, `length` bytes. */
interface Text {
  path: string;
  part: number;
  at: number;
  length: number;
  lines: string[];
}

/** The append-only store of one writer: NDJSON by group and day. */
export class Segments {
  readonly #files: Files;
  readonly #options: SegmentsOptions;
  readonly #root: string;
  readonly #lengths = new Map<string, number>();
  /** Newest part of a group's day, by its path without part and ending. */
  readonly #parts = new Map<string, number>();
  readonly #names = new Map<string, string>();
  readonly #folders = new Set<string>();
  readonly #unsyncedFolders = new Set<string>();
  readonly #open: OpenFiles;
  #lastDay = { number: Number.NaN, name: '' };

  private constructor(files: Files, options: SegmentsOptions) {
    this.#files = files;
    this.#options = options;
    this.#root = join(options.dataDir, 'segments');
    this.#open = new OpenFiles(files, { limit: options.maxOpen, durable: options.durable });
  }

  /**
   * Opens the store. With the lengths of a checkpoint, what was written after it goes: files are cut, newer ones
   * removed. Without, the writer goes on behind what its files hold. Throws CAD011 when a file has become shorter.
   */
  static async open(files: Files, options: SegmentsOptions, from: Lengths | null): Promise<Segments> {
    const segments = new Segments(files, options);
    await files.makeFolder(segments.#root);
    for (const { path, size } of await segments.#ownFiles()) {
      if (from === null) segments.#adopt(path, await endLastLine(files, join(segments.#root, path), size));
      else await segments.#cut(path, size, from[path]);
    }
    return segments;
  }

  async #ownFiles(): Promise<{ path: string; size: number }[]> {
    const own: { path: string; size: number }[] = [];
    for (const group of await this.#files.list(this.#root)) {
      if (!(await this.#files.lstat(join(this.#root, group)))?.isDirectory()) continue;
      for (const name of await this.#files.list(join(this.#root, group))) {
        if (parseSegmentFile(name)?.writer !== this.#options.writer) continue;
        const stats = await this.#files.lstat(join(this.#root, group, name));
        if (stats?.isFile()) own.push({ path: `${group}/${name}`, size: stats.size });
      }
    }
    return own;
  }

  #adopt(path: string, length: number): void {
    this.#lengths.set(path, length);
    const { day: of, part } = parseSegmentFile(path.slice(path.indexOf('/') + 1))!;
    const series = `${path.slice(0, path.indexOf('/'))}/${of}`;
    this.#parts.set(series, Math.max(part, this.#parts.get(series) ?? 1));
  }

  async #cut(path: string, size: number, length: number | undefined): Promise<void> {
    const full = join(this.#root, path);
    if (length === undefined) return this.#files.remove(full);
    if (size < length) {
      throw new CaducusError('CAD011', { file: full }, `is shorter than at the last checkpoint (${size} of ${length} bytes)`, {
        hint: 'Put the file back, or remove the state of the pipeline to start anew.',
      });
    }
    if (size > length) {
      const file = await this.#files.open(full, 'r+');
      await file.truncate(length).finally(() => file.close());
    }
    this.#adopt(path, length);
  }

  /**
   * Appends the events, one write a file, and returns how many bytes they take. When it throws, nothing counts as written: the same events again go over
   * what the failed attempt left.
   */
  async append(entries: readonly { event: Event; time: number }[]): Promise<number> {
    const current = new Map<string, Text>();
    const texts: Text[] = [];
    for (const { event, time } of entries) {
      const line = recordLine(canonicalEvent(event));
      const length = Buffer.byteLength(line);
      const series = `${this.#encodeName(event.group_id)}/${this.#findDay(time)}`;
      let text = current.get(series);
      const reached = text ? text.at + text.length : null;
      if (!text || (reached !== null && reached > 0 && reached + length > this.#options.partBytes)) {
        text = this.#nextText(series, text, length);
        current.set(series, text);
        texts.push(text);
      }
      text.lines.push(line);
      text.length += length;
    }
    for (const { path, at, lines } of texts) await this.#write(path, at, Buffer.from(lines.join('')));
    for (const { path, at, length } of texts) this.#lengths.set(path, at + length);
    for (const [series, { part }] of current) this.#parts.set(series, part);
    return texts.reduce((sum, { length }) => sum + length, 0);
  }

  /** The part behind `before`, or the one the last batch ended in when that has room. */
  #nextText(series: string, before: Text | undefined, length: number): Text {
    const lastPart = before?.part ?? this.#parts.get(series) ?? 1;
    const reached = before ? before.at + before.length : (this.#lengths.get(this.#makePath(series, lastPart)) ?? 0);
    const full = reached > 0 && reached + length > this.#options.partBytes;
    const part = full ? lastPart + 1 : lastPart;
    return { path: this.#makePath(series, part), part, at: full ? 0 : reached, length: 0, lines: [] };
  }

  #makePath(series: string, part: number): string {
    const slash = series.indexOf('/');
    return `${series.slice(0, slash)}/${segmentFile({ day: series.slice(slash + 1), writer: this.#options.writer, part })}`;
  }

  /** UTC day of an event time; the last one is remembered, for the next event is nearly always of the same day. */
  #findDay(time: number): string {
    const number = Math.floor(time / day);
    if (number !== this.#lastDay.number) this.#lastDay = { number, name: toIso(number * day).replace(/T.*/, '') };
    return this.#lastDay.name;
  }

  /** Encoding a name costs more than the rest of a line's way; a few thousand are remembered. */
  #encodeName(groupId: string): string {
    const known = this.#names.get(groupId);
    if (known !== undefined) return known;
    if (this.#names.size >= 4096) this.#names.clear();
    const name = encodeName(groupId);
    this.#names.set(groupId, name);
    return name;
  }

  async #write(path: string, at: number, bytes: Uint8Array): Promise<void> {
    const full = join(this.#root, path);
    const folder = dirname(full);
    if (!this.#folders.has(folder)) {
      await this.#files.makeFolder(folder);
      if ((await this.#files.lstat(folder))?.isSymbolicLink()) throw new CaducusError('CAD011', { file: folder }, 'is a symbolic link');
      this.#folders.add(folder);
      this.#unsyncedFolders.add(this.#root);
    }
    if (at === 0) this.#unsyncedFolders.add(folder);
    await writeAll(await this.#open.get(full), bytes, at);
  }

  /** Forces everything written so far to disk, names included. */
  async sync(): Promise<void> {
    await this.#open.sync();
    if (this.#options.durable) for (const folder of this.#unsyncedFolders) await this.#files.syncFolder(folder);
    this.#unsyncedFolders.clear();
  }

  /** Removes what is too old or too much. `newest` is event time, milliseconds. Returns how many files went. */
  async retain(newest: number, retention: Retention): Promise<number> {
    const kept = Array.from(this.#lengths, ([path, bytes]) => {
      const { day: of, part } = parseSegmentFile(path.slice(path.indexOf('/') + 1))!;
      return { path, day: of, part, bytes };
    });
    const gone = expired(kept, newest, retention);
    for (const { path } of gone) {
      await this.#open.release(join(this.#root, path));
      for (const one of [path, indexPath(path)]) await this.#files.remove(join(this.#root, one));
      this.#lengths.delete(path);
      this.#forgetSeries(path);
    }
    return gone.length;
  }

  /** A day whose newest part has gone starts at part 1 again, should it come back. */
  #forgetSeries(path: string): void {
    const { day: of, part } = parseSegmentFile(path.slice(path.indexOf('/') + 1))!;
    const series = `${path.slice(0, path.indexOf('/'))}/${of}`;
    if (this.#parts.get(series) === part) this.#parts.delete(series);
  }

  /** Lengths of the files, for a checkpoint. */
  lengths(): Lengths {
    return Object.fromEntries(this.#lengths);
  }

  bytes(): number {
    let sum = 0;
    for (const length of this.#lengths.values()) sum += length;
    return sum;
  }

  /** The first day that something is kept of, `2026-03-07`; null in an empty store. */
  oldestDay(): string | null {
    let oldest: string | null = null;
    for (const path of this.#lengths.keys()) {
      const { day: of } = parseSegmentFile(path.slice(path.indexOf('/') + 1))!;
      if (oldest === null || dayEnd(of) < dayEnd(oldest)) oldest = of;
    }
    return oldest;
  }

  close(): Promise<void> {
    return this.#open.close();
  }
}

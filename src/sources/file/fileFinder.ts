import { basename, dirname, join } from 'node:path';
import type { Files } from '../../io.ts';
import { isFolder } from './fileErrors.ts';
import { beginsWith, fingerprint, type FileState } from './fileState.ts';
import { expandGlob, isGlob } from './glob.ts';
import { isGzip } from './openBytes.ts';
import { byAge, logicalPath } from './rotation.ts';

/** A file on disk and what is known about it. */
export interface FoundFile {
  path: string;
  /** Device and inode. */
  node: string;
  size: number;
  /** Milliseconds. */
  modified: number;
  gzip: boolean;
  /** How far it has been read; null for one that is new. */
  state: FileState | null;
  /** The inode that its content was read from before, when it was copied or compressed since. */
  was: string | null;
}

type Seen = Omit<FoundFile, 'state' | 'was'>;

/** Finds the files of a path or glob, and again those that were renamed, compressed or truncated since. */
export class FileFinder {
  readonly #files: Files;
  readonly #path: string;
  readonly #glob: boolean;
  /** Files that did not change since they were matched need no second look. */
  #matched = new Map<string, Seen & { state: FileState }>();

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
    this.#glob = isGlob(path);
  }

  /** The files there are, in the order they were written, each with what is known of it. */
  async find(known: readonly FileState[]): Promise<FoundFile[]> {
    const seen = await this.#look();
    // Rotation moves files out of a plain path: look for them beside it.
    const gone = known.filter((state) => !state.closed && !seen.some(({ node }) => node === state.node));
    const wanted = new Set(seen.map(({ path }) => path));
    if (!this.#glob && known.length > 0 && (gone.length > 0 || (await this.#anyShrunk(seen, known)))) {
      seen.push(...(await this.#siblings(wanted)));
    }
    const found = await this.#match(seen, known);
    return found.filter(({ path, state }) => this.#glob || wanted.has(path) || state !== null).toSorted((a, b) => byAge(a.path, b.path));
  }

  async #look(): Promise<Seen[]> {
    const paths = this.#glob ? await expandGlob(this.#files, this.#path) : [this.#path];
    const seen = await Promise.all(paths.map((path) => this.#stat(path)));
    return seen.filter((one) => one !== null);
  }

  async #stat(path: string): Promise<Seen | null> {
    const stats = await this.#files.stat(path);
    if (!stats) return null;
    if (stats.isDirectory()) throw isFolder(path);
    const node = `${stats.dev}:${stats.ino}`;
    const same = this.#matched.get(path);
    const unchanged = same?.node === node && same.size === stats.size;
    // Pipes and devices cannot be looked at without taking from them.
    const gzip = unchanged ? same.gzip : stats.isFile() && stats.size > 0 && (await isGzip(this.#files, path));
    return { path, node, size: stats.size, modified: stats.mtimeMs, gzip };
  }

  async #siblings(known: ReadonlySet<string>): Promise<Seen[]> {
    const folder = dirname(this.#path);
    const logical = basename(logicalPath(this.#path));
    const names = (await this.#files.list(folder)).filter((name) => logicalPath(name) === logical);
    const paths = names.map((name) => join(folder, name)).filter((path) => !known.has(path) && path !== join(this.#path));
    const seen = await Promise.all(paths.map(async (path) => ((await this.#files.stat(path))?.isFile() ? this.#stat(path) : null)));
    return seen.filter((one) => one !== null);
  }

  async #anyShrunk(seen: readonly Seen[], known: readonly FileState[]): Promise<boolean> {
    for (const file of seen) {
      const state = known.find(({ node }) => node === file.node);
      if (state && !(await this.#continues(file, state))) return true;
    }
    return false;
  }

  /** Whether the file still holds what was read of it. */
  async #continues(file: Seen, state: FileState): Promise<boolean> {
    const same = this.#matched.get(file.path);
    if (same?.node === file.node && same.size === file.size && same.modified === file.modified && same.state.node === state.node)
      return true;
    if (!file.gzip && file.size < state.at.offset) return false;
    return beginsWith(this.#files, file.path, file.gzip, state.print);
  }

  async #match(seen: readonly Seen[], known: readonly FileState[]): Promise<FoundFile[]> {
    const states = new Map<Seen, FileState>();
    const taken = new Set<FileState>();
    const take = async (file: Seen, state: FileState) => {
      if (!(await this.#continues(file, state))) return;
      states.set(file, state);
      taken.add(state);
    };
    for (const file of seen) {
      const state = known.find((one) => !taken.has(one) && one.node === file.node);
      if (state) await take(file, state);
    }
    // Copied, compressed or written anew: another inode with the same beginning, under the same name less rotation.
    for (const file of seen) {
      if (states.has(file)) continue;
      for (const state of known) {
        if (taken.has(state) || state.print.bytes === 0 || logicalPath(state.path) !== logicalPath(file.path)) continue;
        await take(file, state);
        if (states.has(file)) break;
      }
    }
    const found = await Promise.all(seen.map((file) => this.#refreshed(file, states.get(file) ?? null)));
    this.#matched = new Map(found.flatMap((file) => (file.state ? [[file.path, { ...file, state: file.state }]] : [])));
    return found;
  }

  /** Path and inode may be new, and a file that was short when it was first seen gets a better fingerprint. */
  async #refreshed(file: Seen, state: FileState | null): Promise<FoundFile> {
    if (!state) return { ...file, state: null, was: null };
    const same = state.path === file.path && state.node === file.node;
    const print =
      state.print.bytes < 1024 && file.size > state.print.bytes ? await fingerprint(this.#files, file.path, file.gzip) : state.print;
    const now = same && print === state.print ? state : { ...state, path: file.path, node: file.node, print };
    return { ...file, state: now, was: state.node === file.node ? null : state.node };
  }
}

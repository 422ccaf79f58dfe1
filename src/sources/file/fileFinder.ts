// One file, because which file is which generation is one decision over all that are there.
import { groupedBy } from '../../base/groupedBy.ts';
import type { Files } from '../../io.ts';
import { isFolder, isRefusal } from './fileErrors.ts';
import { fingerprint, holdsWhatWasRead, longerFingerprint, printBytes, type FileState, type Fingerprint } from './fileState.ts';
import { isCompressedTwin } from './compressedTwin.ts';
import { expandGlob, isGlob } from './glob.ts';
import { DamagedGzip, isGzip } from './openBytes.ts';
import { orderGenerations } from './generationOrder.ts';
import { listGenerations } from './listGenerations.ts';
import { nameShape } from './rotatedName.ts';
import { byGeneration, logicalPath, rotationCount } from './rotation.ts';

/** A file on disk: one generation of a log. */
interface Seen {
  /** Where it is; the target where the path is a link. */
  path: string;
  /** The log it belongs to: the path it was asked for by, less what rotation adds. */
  chain: string;
  /** Device and inode. */
  node: string;
  size: number;
  /** Milliseconds. */
  modified: number;
  gzip: boolean;
  /** Found by the path or glob itself, not beside it. */
  wanted: boolean;
  /** Only its name says that it is of this log: another may be called so. */
  maybe: boolean;
}

/** A file on disk and what is known about it. */
export interface FoundFile extends Seen {
  /** How far it has been read; null for one that is new. */
  state: FileState | null;
  /** The inode that its content was read from before, when it was copied or compressed since. */
  was: string | null;
  /** How one that is new began when it was seen; absent where that was not looked at. */
  begins?: Fingerprint;
}

/** A file that had more to read, or may have had, and that cannot be found any more. */
export interface LostFile {
  state: FileState;
  /** The oldest file of the same log that is there. */
  next: string;
}

/** A file that is there and may not be read. */
export interface RefusedFile {
  path: string;
  error: unknown;
}

export interface Found {
  files: FoundFile[];
  lost: LostFile[];
  refused: RefusedFile[];
}

/** By log whose generations were searched for: beside which paths, and which there were. */
type Searched = Map<string, { paths: string[]; found: string }>;

/** When a file begins, by its first stamps, milliseconds since 1970; null where it cannot be known. */
export type FirstStamp = (file: { path: string; gzip: boolean; modified: number }) => Promise<number | null>;

export const findChain = (state: FileState): string => state.chain ?? logicalPath(state.path);

/** A compressed file that changed this lately may still be being written, milliseconds. */
const settling = 60_000;
/** Looks in a row at files that are rotated meanwhile; what is found at the last is taken. */
const mostTries = 8;

/** Finds the files of a path or glob, and again those that were renamed, compressed or truncated since. */
export class FileFinder {
  readonly #files: Files;
  readonly #path: string;
  readonly #glob: boolean;
  /** Files that did not change since they were matched need no second look. */
  #matched = new Map<string, Seen & { state: FileState }>();
  /** By log: the files that were missing and there when it was last searched for the missing ones. */
  readonly #asked = new Map<string, string>();
  #refused: RefusedFile[] = [];
  readonly #firstStamp: FirstStamp;
  /** First stamps of files that were put aside, by node and size. */
  #began = new Map<string, number | null>();

  /** @param firstStamp when a file begins, by what is in it; never asked where the order of generations is of no matter */
  constructor(files: Files, path: string, firstStamp: FirstStamp = () => Promise.resolve(null)) {
    this.#files = files;
    this.#path = path;
    this.#glob = isGlob(path);
    this.#firstStamp = firstStamp;
  }

  /**
   * The files there are, log by log, each in the order it was written, with what is known of them. `held`: nodes that are
   * open and need not be found; `now`: of a followed log, whose compressed files may not be complete yet.
   */
  async find(known: readonly FileState[], held: ReadonlySet<string> = new Set(), now: number | null = null): Promise<Found> {
    for (let tries = 1; ; tries += 1) {
      const asked = new Map(this.#asked);
      const { seen, searched, ...found } = await this.#findOnce(known, held, now);
      // What was rotated while it was looked at is taken for something else: it is looked at again.
      if (now === null || tries === mostTries) return found;
      if (this.#isSettled(found.files, known, searched) && (await this.#isStill(seen)) && (await this.#isAll(searched))) return found;
      this.#matched.clear();
      this.#asked.clear();
      for (const [chain, question] of asked) this.#asked.set(chain, question);
    }
  }

  /** Whether each file that holds something else now was so before its folder was searched for what it held. */
  #isSettled(files: readonly FoundFile[], known: readonly FileState[], searched: Searched): boolean {
    return files.every(({ state, node, chain }) => state || searched.has(chain) || !known.some((one) => one.node === node));
  }

  async #isStill(seen: readonly Seen[]): Promise<boolean> {
    const still = seen.map(async ({ path, node, size }) => {
      const stats = await this.#files.stat(path);
      return stats !== null && `${stats.dev}:${stats.ino}` === node && stats.size >= size;
    });
    return (await Promise.all(still)).every(Boolean);
  }

  /** Whether no generation came while those that were there were looked at. */
  async #isAll(searched: Searched): Promise<boolean> {
    for (const [chain, { paths, found }] of searched)
      if ([...(await listGenerations(this.#files, paths, chain)).keys()].join() !== found) return false;
    return true;
  }

  async #findOnce(
    known: readonly FileState[],
    held: ReadonlySet<string>,
    now: number | null,
  ): Promise<Found & { seen: Seen[]; searched: Searched }> {
    this.#refused = [];
    const wanted = await this.#look();
    const { beside, searched } = await this.#beside(wanted, known, held);
    const seen = await this.#withoutCopies([...wanted, ...beside], known);
    const matched = this.#withoutOthers(await this.#match(seen, known, now), known);
    const chains = groupedBy(matched, ({ chain }) => chain);
    const began = new Map<string, number | null>();
    const files: FoundFile[] = [];
    for (const chain of [...chains.keys()].toSorted()) files.push(...(await this.#chosen(chains.get(chain)!, known, began)));
    this.#began = began;
    return { files, lost: this.#lost(files, known, held), refused: this.#refused, seen, searched };
  }

  /** Leaves out files that only a name puts beside a log: neither what was read of it, nor named as what was. */
  #withoutOthers(files: readonly FoundFile[], known: readonly FileState[]): FoundFile[] {
    const shapes = new Set(files.flatMap(({ maybe, state, chain, path }) => (maybe && state ? [`${chain}\0${nameShape(path)}`] : [])));
    return files.filter(({ maybe, state, chain, path, modified }) => {
      if (!maybe || state) return true;
      return shapes.has(`${chain}\0${nameShape(path)}`) && modified > lastChange(known, chain);
    });
  }

  async #look(): Promise<Seen[]> {
    const paths = this.#glob ? ((await this.#unlessRefused(this.#path, expandGlob(this.#files, this.#path))) ?? []) : [this.#path];
    const seen = await Promise.all(paths.map((path) => this.#unlessRefused(path, this.#target(path))));
    // Two links to one file, or two names of it, are read once.
    const byNode = new Map<string, Seen>();
    for (const one of seen.filter((one) => one !== null)) if (!byNode.has(one.node)) byNode.set(one.node, one);
    return [...byNode.values()];
  }

  /** The file a path names, where a link leads. */
  async #target(path: string): Promise<Seen | null> {
    const isLink = (await this.#files.lstat(path))?.isSymbolicLink() ?? false;
    const target = isLink ? await this.#files.realPath(path) : path;
    return target === null ? null : this.#stat(target, { chain: logicalPath(path), wanted: true, maybe: false });
  }

  async #stat(path: string, as: Pick<Seen, 'chain' | 'wanted' | 'maybe'>): Promise<Seen | null> {
    const stats = await this.#files.stat(path);
    if (!stats) return null;
    if (stats.isDirectory()) throw isFolder(path);
    const node = `${stats.dev}:${stats.ino}`;
    const same = this.#matched.get(path);
    const unchanged = same?.node === node && same.size === stats.size;
    // Pipes and devices cannot be looked at without taking from them.
    const isLooked = !unchanged && stats.isFile() && stats.size > 0;
    const gzip = unchanged ? same.gzip : isLooked && (await this.#unlessRefused(path, isGzip(this.#files, path)));
    if (gzip === null) return null;
    return { path, ...as, node, size: stats.size, modified: Math.floor(stats.mtimeMs), gzip };
  }

  /** null, and noted, where the file may not be read. */
  async #unlessRefused<T>(path: string, look: Promise<T>): Promise<T | null> {
    try {
      return await look;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#refused.push({ path, error });
      return null;
    }
  }

  /** What rotation moved out of sight of the path: searched for where a log has a file that is new, or lacks one. */
  async #beside(
    wanted: readonly Seen[],
    known: readonly FileState[],
    held: ReadonlySet<string>,
  ): Promise<{ beside: Seen[]; searched: Searched }> {
    const beside: Seen[] = [];
    const searched: Searched = new Map();
    const nodes = new Set(wanted.map(({ node }) => node));
    for (const [chain, states] of groupedBy(known, findChain)) {
      const here = wanted.filter((file) => file.chain === chain);
      const missing = states.filter(({ node, closed }) => !closed && !nodes.has(node) && !held.has(node));
      const question = [...missing, ...here].map(({ node }) => node).join();
      const isAsked = missing.length > 0 && this.#asked.get(chain) !== question;
      this.#asked.set(chain, question);
      if (!isAsked && !(await this.#isAnyNew(here, states))) continue;
      const paths = [...states, ...here].map(({ path }) => path);
      const generations = await listGenerations(this.#files, paths, chain);
      searched.set(chain, { paths, found: [...generations.keys()].join() });
      for (const [path, maybe] of generations) {
        const isFile = (await this.#files.stat(path))?.isFile() ?? false;
        const file = isFile ? await this.#stat(path, { chain, wanted: false, maybe }) : null;
        if (!file || nodes.has(file.node)) continue;
        nodes.add(file.node);
        beside.push(file);
      }
    }
    return { beside, searched };
  }

  async #isAnyNew(files: readonly Seen[], states: readonly FileState[]): Promise<boolean> {
    for (const file of files) {
      const state = states.find(({ node }) => node === file.node);
      // Of one that was seen empty nothing is known: it may be another by now.
      const isBlank = state?.print.bytes === 0 && file.size > 0;
      if (!state || isBlank || !(await this.#continues(file, state, null))) return true;
    }
    return false;
  }

  /** Leaves out what is being compressed: `app.log.1.gz` as long as `app.log.1` is there and begins alike. */
  async #withoutCopies(seen: readonly Seen[], known: readonly FileState[]): Promise<Seen[]> {
    const kept: Seen[] = [];
    for (const file of seen) {
      // What is asked for by its name is meant, whatever lies beside it.
      const isAsked = file.wanted && !this.#glob;
      const isKnown = !file.gzip || known.some(({ node }) => node === file.node);
      if (isAsked || isKnown || !(await isCompressedTwin(this.#files, file.path))) kept.push(file);
    }
    return kept;
  }

  /** Whether the file still holds what was read of it; null where that is not known yet. */
  async #continues(file: Seen, state: FileState, now: number | null): Promise<boolean | null> {
    const same = this.#matched.get(file.path);
    if (same?.node === file.node && same.size === file.size && same.modified === file.modified && same.state.node === state.node)
      return true;
    if (!file.gzip && file.size < state.at.offset) return false;
    try {
      return await this.#unlessRefused(file.path, holdsWhatWasRead(this.#files, file.path, file.gzip, state));
    } catch (error) {
      if (!(error instanceof DamagedGzip)) throw error;
      return now !== null && file.modified > now - settling ? null : false;
    }
  }

  async #match(seen: readonly Seen[], known: readonly FileState[], now: number | null): Promise<FoundFile[]> {
    const states = new Map<Seen, FileState>();
    const taken = new Set<FileState>();
    const undecided = new Set<Seen>();
    const take = async (file: Seen, state: FileState): Promise<boolean> => {
      const continues = await this.#continues(file, state, now);
      if (continues === null) undecided.add(file);
      if (!continues) return false;
      undecided.delete(file);
      states.set(file, state);
      taken.add(state);
      return true;
    };
    for (const file of seen) {
      const state = known.find((one) => !taken.has(one) && one.node === file.node);
      if (state) await take(file, state);
    }
    // Copied, compressed or written anew: another inode with the same bytes, of the same log. The newest copy has the most.
    for (const file of seen.toSorted((a, b) => byGeneration(b.path, a.path))) {
      if (states.has(file)) continue;
      for (const state of known) {
        if (taken.has(state) || state.print.bytes === 0 || findChain(state) !== file.chain) continue;
        if (await take(file, state)) break;
      }
    }
    const decided = seen.filter((file) => !undecided.has(file));
    const found = await Promise.all(decided.map((file) => this.#refreshed(file, states.get(file) ?? null)));
    this.#matched = new Map(found.flatMap((file) => (file.state ? [[file.path, { ...file, state: file.state }]] : [])));
    return found;
  }

  /** How a new file begins: by the time that it is read it may have been emptied and hold something else. */
  async #beginning({ path, gzip, size }: Seen): Promise<Pick<FoundFile, 'begins'>> {
    if (gzip || size === 0) return {};
    const begins = await fingerprint(this.#files, path, gzip, Math.min(size, printBytes)).catch(() => null);
    // What cannot be read now is looked at when it is opened.
    return begins ? { begins } : {};
  }

  /** Path and inode may be new, and a file that was short when it was first seen gets a better fingerprint. */
  async #refreshed(file: Seen, state: FileState | null): Promise<FoundFile> {
    if (!state) return { ...file, state: null, was: null, ...(await this.#beginning(file)) };
    const { path, node, size, modified } = file;
    const chain = findChain(state);
    const print =
      state.print.bytes < printBytes && size > state.print.bytes && state.tail === undefined
        ? await longerFingerprint(this.#files, path, file.gzip, state.print)
        : state.print;
    const isSame =
      state.path === path && state.node === node && state.size === size && state.modified === modified && print === state.print;
    // It stays of its log, whatever rotation calls it.
    const own = chain === logicalPath(path) ? {} : { chain };
    return {
      ...file,
      chain,
      state: isSame ? state : { ...state, path, node, print, size, modified, ...own },
      was: state.node === node ? null : state.node,
    };
  }

  /** Of one log, oldest first: what was asked for, what is known, and what rotation put aside since. */
  async #chosen(files: readonly FoundFile[], known: readonly FileState[], began: Map<string, number | null>): Promise<FoundFile[]> {
    const isOrdered = files.filter(isCounted).length < 2;
    const dated: (FoundFile & { began: number | null })[] = [];
    for (const file of files) dated.push({ ...file, began: isOrdered ? null : await this.#findBegin(file, began) });
    const sorted = orderGenerations(dated).map(({ began: _, ...file }) => file);
    const newest = sorted.findLastIndex(({ state }) => state !== null);
    const last = lastChange(known, sorted[0]!.chain);
    const isNewer = (file: FoundFile, at: number) => (newest >= 0 && at > newest) || file.modified > last;
    return sorted.filter((file, at) => file.wanted || file.state !== null || isNewer(file, at));
  }

  async #findBegin(file: FoundFile, began: Map<string, number | null>): Promise<number | null> {
    if (!isCounted(file)) return null;
    const key = `${file.node} ${file.size}`;
    const known = this.#began.get(key);
    const time = known === undefined ? await this.#firstStamp(file) : known;
    began.set(key, time);
    return time;
  }

  #lost(files: readonly FoundFile[], known: readonly FileState[], held: ReadonlySet<string>): LostFile[] {
    const kept = new Set(files.flatMap(({ state, was }) => (state ? [was ?? state.node] : [])));
    return known.flatMap((state) => {
      if (state.closed || state.at.offset === 0 || held.has(state.node) || kept.has(state.node)) return [];
      if (this.#refused.some(({ path }) => path === state.path)) return [];
      const next = files.find((file) => file.chain === findChain(state) && file.size > 0);
      return next ? [{ state, next: next.path }] : [];
    });
  }
}

/** Its place among the generations is not plain from its name. */
const isCounted = ({ path, maybe }: Seen): boolean => maybe || rotationCount(path) !== null;

/** When any file of a log that is known was changed last, as far as it was seen, milliseconds. */
const lastChange = (known: readonly FileState[], chain: string): number =>
  Math.max(...known.filter((state) => findChain(state) === chain).map(({ modified = Infinity }) => modified));

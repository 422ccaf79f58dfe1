import { recordLine } from '../../base/recordText.ts';
import { dirname, join } from 'node:path';
import type { Json } from '../../event.ts';
import { replaceFile, type Files } from '../../io.ts';
import { billedIn, parseBucket, type Bucket } from './rollUp.ts';

/**
 * Which sums have been given, by key, so that one that a later version no longer has is given again as zero: spend that was
 * moved to another service or hour would count twice. Kept in a file, written after each checkpoint.
 */
export class GivenSums {
  readonly #files: Files;
  readonly #path: string | null;
  #keys: ReadonlySet<string>;
  /** Whether the file has to be written. */
  #changed = false;

  private constructor(files: Files, path: string | null, keys: ReadonlySet<string>) {
    this.#files = files;
    this.#path = path;
    this.#keys = keys;
  }

  /** Without a folder nothing is kept beyond this process. A file that cannot be read counts as empty. */
  static async open(files: Files, folder: string | undefined, id: string): Promise<GivenSums> {
    const path = folder === undefined ? null : join(folder, 'cost', `${encodeURIComponent(id)}.json`);
    const there = path !== null && (await files.stat(path))?.isFile() === true;
    return new GivenSums(files, path, new Set(there ? keysIn(await files.readText(path!)) : []));
  }

  /** Sums that were given and that a version lacks, although it tells of the month that bills them: as zero, in the order of their keys. */
  gone(sums: ReadonlyMap<string, Bucket>, months: ReadonlySet<string>): [string, Bucket][] {
    const lost = [...this.#keys].filter((key) => !sums.has(key)).toSorted();
    return lost.flatMap((key): [string, Bucket][] => {
      const bucket = parseBucket(key);
      return bucket && months.has(billedIn(bucket)) ? [[key, bucket]] : [];
    });
  }

  /** A version is about to be given: any of it may have been, until it is known to be whole. */
  begin(sums: ReadonlyMap<string, Bucket>): void {
    this.#keys = new Set([...this.#keys, ...sums.keys()]);
    this.#changed = true;
  }

  /** All of a version was given, zeros included: these can be forgotten. */
  whole(sums: ReadonlyMap<string, Bucket>, months: ReadonlySet<string>): void {
    const zeros = new Set(this.gone(sums, months).map(([key]) => key));
    if (zeros.size === 0) return;
    this.#keys = new Set([...this.#keys].filter((key) => !zeros.has(key)));
    this.#changed = true;
  }

  /** Writes them, where something has changed. */
  async save(): Promise<void> {
    if (this.#path === null || !this.#changed) return;
    this.#changed = false;
    await this.#files.makeFolder(dirname(this.#path));
    await replaceFile(this.#files, this.#path, Buffer.from(recordLine({ sums: [...this.#keys] })));
  }
}

function keysIn(text: string): string[] {
  try {
    const json = JSON.parse(text) as Json;
    const sums = json !== null && typeof json === 'object' && !Array.isArray(json) ? json.sums : null;
    return Array.isArray(sums) ? sums.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { withSchema } from '../../base/recordText.ts';
import { CaducusError } from '../../errors.ts';
import { replaceFile, type Files } from '../../io.ts';
import type { SnapshotHead } from '../../run/checkpoint/snapshot.ts';
import { Stale, Superseded, type Transport } from '../transport.ts';

/** How far the sinks of a folder have come in the log of the desk. */
export interface OutputPlace {
  /** Number of the last message that is written. */
  n: number;
  sinks: SnapshotHead['sinks'];
  /** Bytes of what was decided, by day; null where they are not known. */
  decisions: Record<string, number> | null;
}

/** What lies beside what is written: whose the folder is, and how far it has come. */
interface SavedFolder extends OutputPlace {
  folder: string;
  /** Of which revision that message is; the first where it is left out. */
  revision?: number;
}

/** Which folder the output of a pipeline goes to, as the engine knows it. */
export interface OutputOwner {
  folder: string;
  host: string;
  path: string;
}

const subject = 'writer';

/**
 * The folder that what leaves the desk is written into. There is one for a pipeline: what it has is forgotten on the engine,
 * so that no other could be whole.
 */
export class OutputFolder {
  readonly #files: Files;
  readonly #path: string;
  readonly #revision: number;
  #saved: SavedFolder;

  private constructor(files: Files, path: string, saved: SavedFolder, revision: number) {
    this.#files = files;
    this.#path = path;
    // All that was of the revision before is written: else this one had not begun.
    this.#saved = (saved.revision ?? 1) === revision ? saved : { ...saved, n: 0 };
    this.#revision = revision;
  }

  /**
   * The folder of a pipeline's state, whose lock is held. `id` names it where it is new. Throws CAD044 where the output goes
   * to another one, `Superseded` where a later revision is written there.
   */
  static async open(transport: Transport, files: Files, folder: string, id: string, revision = 1): Promise<OutputFolder> {
    const path = join(folder, 'engine.json');
    const text = (await files.stat(path)) ? await files.readText(path) : null;
    const saved: SavedFolder =
      text === null
        ? { folder: id, n: 0, sinks: [], decisions: null }
        : { decisions: null, ...(JSON.parse(text) as Omit<SavedFolder, 'decisions'>) };
    // Who has not heard of a revision writes nothing of one before it.
    if ((saved.revision ?? 1) > revision) throw new Superseded('the output');
    const opened = new OutputFolder(files, path, saved, revision);
    // Its name is known here before it is there: who dies in between has taken nothing that nobody can be.
    if (text === null) await opened.save(saved);
    const owner = await claim(transport, { folder: saved.folder, host: hostname(), path: resolve(folder) });
    if (owner.folder !== saved.folder)
      throw new CaducusError(
        'CAD044',
        { file: resolve(folder) },
        `what this pipeline gives is written on ${owner.host}, into ${owner.path}`,
      );
    return opened;
  }

  get place(): Readonly<OutputPlace> {
    return this.#saved;
  }

  /** Nothing was saved in it yet. */
  get isNew(): boolean {
    return this.#saved.n === 0 && this.#saved.sinks.length === 0;
  }

  async save({ n, sinks, decisions }: OutputPlace): Promise<void> {
    this.#saved = { folder: this.#saved.folder, revision: this.#revision, n, sinks, decisions };
    await replaceFile(this.#files, this.#path, Buffer.from(`${JSON.stringify(withSchema(this.#saved))}\n`));
  }
}

/** Whose the output of a pipeline is; null while it is nobody's. */
export async function readOutputOwner(transport: Transport): Promise<OutputOwner | null> {
  const known = await transport.last(subject);
  return known && (JSON.parse(Buffer.from(known.body).toString()) as OutputOwner);
}

/** Whose the output is; it is this one's where it was nobody's. */
async function claim(transport: Transport, own: OutputOwner): Promise<OutputOwner> {
  const known = await readOutputOwner(transport);
  if (known) return known;
  try {
    await transport.append(subject, Buffer.from(JSON.stringify(own)), 0);
    return own;
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return claim(transport, own);
  }
}

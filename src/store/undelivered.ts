import { recordLine } from '../base/recordText.ts';
import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import { writeAll, type Files } from '../io.ts';
import type { Finding } from '../signal.ts';
import { encodeName } from './encodeName.ts';

/** A message that no longer waits and was never delivered. */
export interface Undelivered {
  /** When it was given up, ISO 8601. */
  at: string;
  pipeline: string;
  sink: string;
  why: string;
  finding: Finding;
}

/** A file that has grown past this takes the place of the one before, bytes. */
const partBytes = 16 * 2 ** 20;

const findFolder = (dataDir: string): string => join(dataDir, 'undelivered');

/** Adds a message to those of its sink. Throws CAD011 where their file is a symbolic link, else the system's error. */
export async function keepUndelivered(files: Files, dataDir: string, one: Undelivered): Promise<void> {
  await files.makeFolder(findFolder(dataDir));
  const name = encodeName(`${one.pipeline}.${one.sink}`);
  const path = join(findFolder(dataDir), `${name}.ndjson`);
  const there = await files.lstat(path);
  if (there?.isSymbolicLink()) throw new CaducusError('CAD011', { file: path }, 'is a symbolic link');
  if ((there?.size ?? 0) > partBytes) await files.rename(path, join(findFolder(dataDir), `${name}.1.ndjson`));
  const file = await files.open(path, 'a');
  await writeAll(file, Buffer.from(recordLine(one))).finally(() => file.close());
}

/** All that are kept, oldest first in each file. A line that a crash tore is passed over. */
export async function readUndelivered(files: Files, dataDir: string): Promise<Undelivered[]> {
  const all: Undelivered[] = [];
  for (const name of await files.list(findFolder(dataDir))) {
    const path = join(findFolder(dataDir), name);
    if (!name.endsWith('.ndjson') || !(await files.lstat(path))?.isFile()) continue;
    for (const line of (await files.readText(path)).split('\n')) {
      const one = messageIn(line);
      if (one) all.push(one);
    }
  }
  return all.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

function messageIn(line: string): Undelivered | null {
  try {
    const one = JSON.parse(line) as Partial<Undelivered> | null;
    return typeof one?.at === 'string' && typeof one.why === 'string' && typeof one.finding?.title === 'string'
      ? (one as Undelivered)
      : null;
  } catch {
    return null;
  }
}

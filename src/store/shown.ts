import { recordLine } from '../base/recordText.ts';
import { join } from 'node:path';
import { caps, type Shown } from '../board/board.ts';
import type { Files } from '../io.ts';

/** Where the ids that were last shown are, for commands that are given the beginning of one. */
export const shownFile = (dataDir: string): string => join(dataDir, 'state', 'shown.json');

/** The ids that were last shown from a data folder, latest last; none when nothing was, or the file cannot be read. */
export function readShown(files: Files, dataDir: string): Shown[] {
  const text = files.readSync(shownFile(dataDir));
  if (text === null) return [];
  try {
    const { shown } = JSON.parse(text) as { shown?: unknown };
    return Array.isArray(shown) ? shown.filter(isShown) : [];
  } catch {
    // It is an index of what can be shown again: a damaged one is made anew.
    return [];
  }
}

function isShown(value: unknown): value is Shown {
  const { id, kind, label, group_id: group } = (value ?? {}) as Partial<Shown>;
  return [id, kind, label, group].every((part) => typeof part === 'string');
}

/** Writes what was shown, the latest last, beside what other pipelines of the data folder have shown; the oldest go first. */
export function writeShown(files: Files, dataDir: string, shown: Iterable<Shown>): void {
  const all = new Map(readShown(files, dataDir).map((one) => [one.id, one]));
  for (const one of shown) {
    all.delete(one.id);
    all.set(one.id, one);
  }
  files.writeSync(shownFile(dataDir), recordLine({ shown: [...all.values()].slice(-caps.shown) }));
}

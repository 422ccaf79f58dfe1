import { evictOldest } from '../base/evictOldest.ts';
import { join } from 'node:path';
import type { Files } from '../io.ts';
import type { Finding, Radar, Signal } from '../signal.ts';

/** Something that was on a screen and that people can answer to by its id. */
export interface Shown {
  id: string;
  kind: 'pattern' | 'finding' | 'episode' | 'group';
  label: string;
  group_id: string;
}

/** Entries that are kept; those shown longest ago go first. */
const most = 5000;

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

/** Remembers what radars and findings show, and writes it beside what other pipelines of the data folder have shown. */
export class ShownIndex {
  readonly #shown = new Map<string, Shown>();
  #isChanged = false;

  /** Takes what flows out of a pipeline. */
  see(signal: Signal): void {
    if (signal.kind === 'radar') this.#radar(signal.radar);
    else if (signal.kind === 'finding') this.#finding(signal.finding);
  }

  /** Writes the file if something new was shown. */
  write(files: Files, dataDir: string): void {
    if (!this.#isChanged) return;
    const all = new Map(readShown(files, dataDir).map((one) => [one.id, one]));
    for (const one of this.#shown.values()) {
      all.delete(one.id);
      all.set(one.id, one);
    }
    files.writeSync(shownFile(dataDir), `${JSON.stringify({ shown: [...all.values()].slice(-most) })}\n`);
    this.#isChanged = false;
  }

  #radar({ blips }: Radar): void {
    for (const { topic_id: id, group_id: group, label } of blips) {
      this.#add({ id, kind: 'pattern', label, group_id: group });
      this.#add({ id: group, kind: 'group', label: group, group_id: group });
    }
  }

  #finding({ id, type, title, group_id: group, topic_id: topic }: Finding): void {
    this.#add({ id, kind: type === 'episode' ? 'episode' : 'finding', label: title, group_id: group });
    if (topic !== undefined) this.#add({ id: topic, kind: 'pattern', label: title, group_id: group });
  }

  #add(one: Shown): void {
    const known = this.#shown.get(one.id);
    if (known) return;
    this.#shown.set(one.id, one);
    evictOldest(this.#shown, most);
    this.#isChanged = true;
  }
}

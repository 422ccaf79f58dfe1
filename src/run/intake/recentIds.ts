import { evictOldest } from '../../base/evictOldest.ts';

/** Ids remembered a source: more than a sender repeats before it is answered, few enough for every checkpoint. */
const remembered = 8192;

/** The ids that came last, to know a redelivered record by. The oldest is forgotten first. */
export class RecentIds {
  readonly #ids: Set<string>;

  constructor(saved: readonly string[] = []) {
    this.#ids = new Set(saved);
  }

  /** Whether that id has been there; remembers it. */
  seen(id: string): boolean {
    if (this.#ids.has(id)) return true;
    this.#ids.add(id);
    evictOldest(this.#ids, remembered);
    return false;
  }

  /** Oldest first. */
  save(): string[] {
    return [...this.#ids];
  }
}

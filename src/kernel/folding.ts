import { Distinct } from './distinct.ts';
import { hashKey, PARTITIONS } from './partition.ts';
import { Sketch, type SavedSketch } from './sketch.ts';

/** The key of the state that all keys share which have none of their own. */
export const OTHERS = 'others';

export type SavedFolding = {
  since: number | null;
  signals: number;
  distinct: number[];
  sketches: [partition: number, sketch: SavedSketch][];
};

/** What is known of the keys that have no state of their own: which of them come often, and how many there were. */
export class Folding {
  /** Event time of the operator's first signal, milliseconds. */
  since: number | undefined;
  #signals = 0;
  readonly #distinct = new Distinct();
  readonly #sketches = new Map<number, Sketch>();

  /** A key came for the first time. */
  began(time: number): void {
    if (Number.isFinite(time)) this.since ??= time;
  }

  /** Counts a key, and says whether it has come often lately. */
  comesOften(key: string, time: number): boolean {
    const partition = hashKey(key) % PARTITIONS;
    let sketch = this.#sketches.get(partition);
    if (!sketch) this.#sketches.set(partition, (sketch = new Sketch()));
    return sketch.add(key, time);
  }

  /** A signal of that key goes to `others`. */
  add(key: string): void {
    this.#signals += 1;
    this.#distinct.add(hashKey(key));
  }

  /** What is known of keys that come often is held elsewhere from now on. */
  release(): void {
    this.#sketches.clear();
  }

  /** It has a state of its own now. */
  takenUp(key: string): void {
    this.#sketches.get(hashKey(key) % PARTITIONS)?.delete(key);
  }

  get figures(): { keys: number; signals: number } {
    return { keys: Math.min(this.#signals, this.#distinct.count), signals: this.#signals };
  }

  /** Null while nothing was folded. */
  save(): SavedFolding | null {
    if (this.since === undefined) return null;
    const sketches = [...this.#sketches].map(([partition, sketch]): [number, SavedSketch] => [partition, sketch.save()]);
    return { since: this.since, signals: this.#signals, distinct: this.#distinct.save(), sketches };
  }

  load({ since, signals, distinct, sketches }: SavedFolding): void {
    this.since = since ?? undefined;
    this.#signals = signals;
    this.#distinct.load(distinct);
    for (const [partition, saved] of sketches) {
      const sketch = new Sketch();
      sketch.load(saved);
      this.#sketches.set(partition, sketch);
    }
  }
}

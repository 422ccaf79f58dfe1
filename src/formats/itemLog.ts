import { originalBytes, type Draft, type FormatItem, type Place } from './format.ts';

/** How many records without a time wait for the first one that has it. */
const maxUntimed = 256;

/**
 * Collects what a parser found, in order. A record without a time of its own gets that of the record before it; those
 * before the first timed one wait for it, and get the reference time when none comes soon.
 */
export class ItemLog {
  /** Event time of the last record, milliseconds; null before the first. */
  time: number | null;
  readonly #reference: number;
  #out: FormatItem[] = [];
  /** Records before the first timed one, and refusals among them. */
  #held: FormatItem[] = [];
  #heldFrom: Place | undefined;

  constructor(time: number | null, reference: number | undefined) {
    this.time = time;
    this.#reference = reference ?? 0;
  }

  /** Takes a record; NaN stands for a time it does not have. `origin`: where reading it again has to begin, if not at its place. */
  add(draft: Draft, origin: Place = draft): void {
    if (Number.isNaN(draft.time)) {
      if (this.time === null) return this.#hold(draft, origin);
      draft.time = this.time;
      draft.borrowed = 'before';
    } else {
      this.time = draft.time;
      if (this.#held.length > 0) this.#release(draft.time, 'behind');
    }
    this.#out.push(draft);
  }

  refuse(reason: string, raw: string, { line, offset }: Place): void {
    // A copy of the part: a slice would hold the whole chunk.
    const original = raw.length > originalBytes ? raw.slice(0, originalBytes) : raw;
    const refusal: FormatItem = { kind: 'refusal', reason, original, line, offset };
    if (this.#held.length > 0) this.#held.push(refusal);
    else this.#out.push(refusal);
  }

  /** What came since the last call; `all`: also what still waits for a time. */
  take(all = false): FormatItem[] {
    if (all && this.#held.length > 0) this.#giveUp();
    const out = this.#out;
    this.#out = [];
    return out;
  }

  /** What still waits for a time gets the reference time: what comes now is of another kind. */
  settle(): void {
    if (this.#held.length > 0) this.#giveUp();
  }

  /** The first record that waits, if any. */
  get firstHeld(): Place | undefined {
    return this.#held.length > 0 ? this.#heldFrom : undefined;
  }

  #hold(draft: Draft, origin: Place): void {
    if (this.#held.length === 0) this.#heldFrom = origin;
    this.#held.push(draft);
    if (this.#held.length > maxUntimed) this.#giveUp();
  }

  #giveUp(): void {
    this.time = this.#reference;
    this.#release(this.#reference, 'reference');
  }

  #release(time: number, borrowed: 'behind' | 'reference'): void {
    for (const item of this.#held) {
      if (item.kind === 'draft') Object.assign(item, { time, borrowed });
      this.#out.push(item);
    }
    this.#held = [];
  }
}

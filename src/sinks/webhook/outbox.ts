import { fromSaved, toSaved } from '../../base/saved.ts';
import { setNewest } from '../../base/evictOldest.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { Finding } from '../../signal.ts';
import type { Delivered } from './receiver.ts';

/** A finding that waits to be sent. */
export interface Letter {
  finding: Finding;
  /** Failures so far. */
  failures: number;
  /** That it waits for its receiver has been reported. */
  isReported?: boolean;
  /** Not before this time of the clock that never jumps, milliseconds. */
  notBefore: number;
  /** Offered to this run; what an earlier run left behind is not counted again. */
  counted: boolean;
  /** The state of the finding that is under way just now, which a later one may have replaced; null while it only waits. */
  underWay: { finding: Finding; counted: boolean } | null;
}

/** Messages remembered, to update them and not to repeat them. */
const remembered = 1_000;

/**
 * Findings that wait to be sent, one letter each: a later state takes the place of an earlier one that has not been sent.
 * All of it is about delivery: what waits, and what was sent last. What is open now is the board's to know, not this one's.
 * Everything that must survive a restart is in `save`.
 */
export class Outbox {
  readonly #letters = new Map<string, Letter>();
  readonly #delivered = new Map<string, Delivered>();

  constructor(from: Json | null) {
    if (from === null || typeof from !== 'object' || Array.isArray(from)) return;
    for (const finding of arrayIn(from.letters)) {
      const known = fromSaved<Finding>(finding);
      this.#letters.set(known.id, { finding: known, failures: 0, notBefore: 0, counted: false, underWay: null });
    }
    for (const entry of arrayIn(from.delivered)) {
      if (Array.isArray(entry) && typeof entry[0] === 'string') this.#delivered.set(entry[0], readDelivered(entry[1] as JsonObject));
    }
  }

  get size(): number {
    return this.#letters.size;
  }

  /** States of findings that were offered to this run: those that wait, and one under way that was replaced meanwhile. */
  get held(): number {
    let held = 0;
    for (const { finding, counted, underWay } of this.#letters.values())
      held += Number(counted) + Number(underWay !== null && underWay.finding !== finding && underWay.counted);
    return held;
  }

  get(id: string): Letter | null {
    return this.#letters.get(id) ?? null;
  }

  /**
   * Puts a finding in, in the place of an earlier state of it; it keeps the earlier one's turn and failures. Returns how many
   * that were counted will never be sent: the earlier state, unless it is under way.
   */
  put(finding: Finding, notBefore: number, counted = true): number {
    const earlier = this.#letters.get(finding.id);
    const replaced = Number(earlier !== undefined && earlier.underWay?.finding !== earlier.finding && earlier.counted);
    if (earlier) {
      earlier.finding = finding;
      earlier.counted = counted;
      // While the receiver fails, news waits as long as what it replaces.
      if (earlier.failures === 0) earlier.notBefore = Math.min(earlier.notBefore, notBefore);
    } else this.#letters.set(finding.id, { finding, failures: 0, notBefore, counted, underWay: null });
    return replaced;
  }

  /** The letter whose turn it is, what is new and worst first, or else the one that comes next. */
  next(now: number): Letter | null {
    let due: Letter | null = null;
    let next: Letter | null = null;
    for (const letter of this.#letters.values()) {
      if (letter.notBefore > now) next = !next || letter.notBefore < next.notBefore ? letter : next;
      else if (!due || this.#urgency(letter) > this.#urgency(due)) due = letter;
    }
    return due ?? next;
  }

  /** What nobody knows of yet comes before what is over or known, and critical before warning. */
  #urgency({ finding }: Letter): number {
    const isNew = finding.state === 'firing' && !this.#delivered.has(finding.id);
    return (isNew ? 10 : 0) + ['info', 'warning', 'critical'].indexOf(finding.severity);
  }

  /** The receiver is there: what waited for it to come back need not. */
  wake(now: number): void {
    for (const letter of this.#letters.values()) {
      if (letter.failures === 0) continue;
      letter.failures = 0;
      letter.notBefore = Math.min(letter.notBefore, now);
    }
  }

  /** What waits. */
  findings(): Finding[] {
    return [...this.#letters.values()].map(({ finding }) => finding);
  }

  /** Takes a letter out, unless a later state has taken its place meanwhile. */
  settle(letter: Letter, sent: Finding): void {
    if (letter.finding === sent) this.#letters.delete(sent.id);
    else letter.failures = 0;
  }

  /** Drops and returns the oldest letter that is not under way. */
  dropOldest(): Letter | null {
    const oldest = [...this.#letters.values()].find(({ underWay }) => underWay === null) ?? null;
    if (oldest) this.#letters.delete(oldest.finding.id);
    return oldest;
  }

  last(id: string): Delivered | null {
    return this.#delivered.get(id) ?? null;
  }

  remember(id: string, delivered: Delivered): void {
    setNewest(this.#delivered, id, delivered, remembered);
  }

  forget(id: string): void {
    this.#delivered.delete(id);
  }

  save(): JsonObject {
    return {
      letters: [...this.#letters.values()].map(({ finding }) => toSaved(finding)),
      delivered: [...this.#delivered].map(([id, { content, ...rest }]) => [id, { said: content, ...rest }]),
    };
  }
}

/** As it is saved: there its content is called `said`. */
const readDelivered = ({ said, ...rest }: JsonObject): Delivered => ({ ...rest, content: said }) as Delivered;

const arrayIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

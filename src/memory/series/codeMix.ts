import { rounded } from '../judge/rounded.ts';
import { surpriseAbove } from '../rates/surprise.ts';

/** Codes of one place that are told apart; rarer ones are not counted by themselves. */
const MOST_CODES = 16;
/** Windows, and answers, that must be known before a mix can shift. */
const KNOWN_WINDOWS = 8;
const KNOWN_CODES = 30;
/** Times a code must have come in the window, bits of more than its share, and how many times as many. */
const LEAST = 8;
const OFF = 8;
const LEAST_FACTOR = 2;
/** Scatter of a share from window to window, over its square: swings of half. */
const SCATTER = 0.25;

/** Windows whose counts are kept for the picture. */
const TREND = 11;

/** A code that came more often than its share among those of its class. */
export interface MixShift {
  code: string;
  count: number;
  /** What its share of the window's answers would have been. */
  usual: number;
  bits: number;
  /** Its counts in the windows before, oldest first. */
  before: number[];
}

export interface SavedMix {
  windows: number;
  usual: [string, number][];
  recent: [string, number][][];
  open: [number, [string, number][]][];
}

/** Which exact codes stand in one place of a template, `429` among the `4xx`: faded counts, and those of open windows. */
export class CodeMix {
  #windows = 0;
  readonly #usual = new Map<string, number>();
  /** Counts of the last windows, oldest first. */
  #recent: ReadonlyMap<string, number>[] = [];
  readonly #open = new Map<number, Map<string, number>>();

  add(window: number, code: string): void {
    let counts = this.#open.get(window);
    if (!counts) this.#open.set(window, (counts = new Map()));
    if (counts.size < MOST_CODES || counts.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }

  /** Closes a window: the code that gained most, or null. */
  close(window: number, fade: number): MixShift | null {
    const counts = this.#open.get(window);
    if (!counts) return null;
    this.#open.delete(window);
    const shift = this.#judge(counts);
    this.#windows = this.#windows * fade + 1;
    for (const [code, sum] of this.#usual) this.#usual.set(code, sum * fade);
    for (const [code, count] of counts) this.#usual.set(code, (this.#usual.get(code) ?? 0) + count);
    if (this.#usual.size > MOST_CODES * 2) this.#forgetRarest();
    this.#recent = [...this.#recent, counts].slice(-TREND);
    return shift;
  }

  #judge(counts: ReadonlyMap<string, number>): MixShift | null {
    const known = sumUp(this.#usual.values());
    if (this.#windows < KNOWN_WINDOWS || known < KNOWN_CODES) return null;
    const seen = sumUp(counts.values());
    let best: MixShift | null = null;
    for (const [code, count] of counts) {
      const share = ((this.#usual.get(code) ?? 0) + 0.5) / (known + 1);
      const mean = seen * share;
      if (count < LEAST || count < mean * LEAST_FACTOR) continue;
      const bits = surpriseAbove(count, { mean, variance: mean * (1 + seen / known) + SCATTER * mean * mean });
      if (bits >= OFF && bits > (best?.bits ?? 0))
        best = { code, count, usual: this.#usual.has(code) ? rounded(mean) : 0, bits, before: this.#before(code) };
    }
    return best;
  }

  #before = (code: string): number[] => this.#recent.map((counts) => counts.get(code) ?? 0);

  #forgetRarest(): void {
    const [rarest] = [...this.#usual].reduce((least, one) => (one[1] < least[1] ? one : least));
    this.#usual.delete(rarest);
  }

  save(): SavedMix {
    return {
      windows: this.#windows,
      usual: [...this.#usual],
      recent: this.#recent.map((counts) => [...counts]),
      open: [...this.#open].map(([window, counts]) => [window, [...counts]]),
    };
  }

  static load({ windows, usual, recent, open }: SavedMix): CodeMix {
    const mix = new CodeMix();
    mix.#windows = windows;
    mix.#recent = recent.map((counts) => new Map(counts));
    for (const [code, sum] of usual) mix.#usual.set(code, sum);
    for (const [window, counts] of open) mix.#open.set(window, new Map(counts));
    return mix;
  }
}

function sumUp(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

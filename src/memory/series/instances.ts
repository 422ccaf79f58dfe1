import type { NumberKind } from './readNumber.ts';
import { fromScale } from './sketch.ts';

/** Instances of one slot that are told apart; the longest unseen make room. */
const MOST = 64;
/** Values lie at most so many usual spreads from the middle: one that is out of all bounds is one value, not ten. */
const CLIP = 4;
/** No series is steadier than this, on the scale of `toScale`. */
const LEAST_SPREAD = 0.1;
/** Steps of a spread, and of the scale, that places and values are kept in: whole numbers add up the same in any order, and are short. */
const STEPS = 8;
/** Windows that are looked back on; it may have begun in any of them. What is longer past is where an instance lies usually. */
const RECENT = 8;
/** Windows before anything is judged: some instances are always slower than others, and that is no news. */
const LEARNED = 24;
/** Windows after which what is known of the place of an instance among its siblings counts half, and values that are believed in half. */
const PLACE_HALF_LIFE = 288;
const PLACE_VALUES = 2;
/** Others there must be, and windows one must have been seen in: what has just been started is slow. */
const LEAST_SIBLINGS = 3;
const LEAST_SEEN = 4;
/** Values, and windows with any, that make an instance odd, and spreads that the last of these windows must be off. */
const LEAST_VALUES = 3;
const LEAST_WINDOWS = 2;
const LAST_OFF = 1;
/** Bits it must have beyond those of having picked the oddest of all and when it began, and a factor; once it has been told, a quarter: its last values say that it goes on. */
const OFF = 12;
const LEAST_FACTOR = Math.log(1.5);
/** Standard deviations below which nothing of that can come of it: most are, and cost no closer look. */
const NEAR = 4;
/** Instances never lie closer together than this, spreads. */
const LEAST_APART = 0.2;

/** Values: how many, the sum of their places from the middle, and of themselves on the scale, both in steps. */
type Sums = [values: number, places: number, sum: number];

/** What the values of one instance have been. Plain data. */
interface Instance {
  /** Of the last windows, three numbers each, the latest last: that is the open one. */
  recent: number[];
  /** Windows it was seen in, all there ever were, and the last of them. */
  seen: number;
  last: number;
  /** Faded values, and the sum of how far they lay from those of its siblings, spreads. */
  usualValues: number;
  usualOff: number;
  /** It was odd in the last window. */
  on: boolean;
}

/** What a slot's values are held against: its middle and spread on the scale. */
export interface Middle {
  mean: number;
  spread: number;
}

/** An instance whose numbers are not those of its siblings. */
export interface OddInstance {
  name: string;
  siblings: number;
  /** Its own numbers, and those of the others, about their middle. */
  now: number;
  usual: number;
  kind: NumberKind;
  factor: number;
  bits: number;
  /** Values it rests on. */
  values: number;
}

export type SavedInstances = { windows: number; all: [name: string, instance: Instance][] };

/** The numbers of one slot by the instance that wrote them: which of them is unlike the others, and was not so before. */
export class Instances {
  readonly #all = new Map<string, Instance>();
  #windows = 0;

  /** Takes a value, on the scale of the series. */
  add(name: string, window: number, at: number, { mean, spread }: Middle): void {
    const instance = this.#all.get(name) ?? this.#open(name);
    const { recent } = instance;
    const place = Math.max(-CLIP, Math.min(CLIP, (at - mean) / Math.max(LEAST_SPREAD, spread)));
    const open = recent.length - 3;
    recent[open]! += 1;
    recent[open + 1]! += Math.round(place * STEPS);
    recent[open + 2]! += Math.round(at * STEPS);
    if (window > instance.last) instance.last = window;
  }

  /** Closes a window; the instance that is unlike the others most, or null. `areAmounts` says whether the numbers say how much of anything. */
  close(kind: NumberKind, areAmounts: boolean): OddInstance | null {
    this.#windows += 1;
    for (const one of this.#all.values()) if (one.recent.at(-3)! > 0) one.seen += 1;
    const odd = areAmounts && this.#windows > LEARNED ? this.#findOdd(kind) : null;
    this.#foldOldest();
    for (const [name, one] of this.#all) {
      one.on = name === odd?.name;
      one.recent.push(0, 0, 0);
    }
    return odd;
  }

  save(): SavedInstances {
    return structuredClone({ windows: this.#windows, all: [...this.#all] });
  }

  static load({ windows, all }: SavedInstances): Instances {
    const loaded = new Instances();
    loaded.#windows = windows;
    for (const [name, instance] of structuredClone(all)) loaded.#all.set(name, instance);
    return loaded;
  }

  /** The oddest since any of the last windows. Most are as ever, and cost a look at their last values. */
  #findOdd(kind: NumberKind): OddInstance | null {
    const known = [...this.#all].filter(([, { recent }]) => recent.some((n) => n > 0));
    if (known.length <= LEAST_SIBLINGS) return null;
    const all = sumAll(known, RECENT);
    const totals: Sums[] = [];
    let oddest: OddInstance | null = null;
    for (const [name, one] of known) {
      const last = lastPlace(one) - all[1] / all[0] / STEPS - usualPlace(one);
      if (Math.abs(last) < LAST_OFF || (!one.on && one.seen < LEAST_SEEN)) continue;
      for (let windows = LEAST_WINDOWS; windows <= RECENT; windows++) {
        const mine = addUp(one, windows);
        if (mine[0] === 0 || (!one.on && (mine[0] < LEAST_VALUES || countWindows(one, windows) < LEAST_WINDOWS))) continue;
        const about = ((mine[1] / mine[0] - all[1] / all[0]) / STEPS - usualPlace(one)) / (1 - mine[0] / all[0]);
        if (!one.on && Math.abs(about) < NEAR * Math.sqrt(1 / mine[0] + LEAST_APART ** 2)) continue;
        const rest = (totals[windows] ??= sumAll(known, windows)).map((x, i) => x - mine[i]!) as Sums;
        if (rest[0] === 0) continue;
        const off = (mine[1] / mine[0] - rest[1] / rest[0]) / STEPS - usualPlace(one);
        const factor = (mine[2] / mine[0] - rest[2] / rest[0]) / STEPS;
        if (off * last < 0 || Math.sign(off) * factor < LEAST_FACTOR) continue;
        const needed = Math.max(one.on ? OFF / 4 : OFF, oddest?.bits ?? 0) + Math.log2(known.length * RECENT);
        const bits = (apart: number) => offBits(off / Math.sqrt(1 / mine[0] + 1 / rest[0] + apart), rest[0]);
        if (bits(LEAST_APART ** 2) < needed) continue;
        const siblings = known.filter(([, other]) => other !== one && addUp(other, windows)[0] > 0);
        const found = bits(measureApart(siblings, windows, rest));
        if (siblings.length < LEAST_SIBLINGS || found < needed) continue;
        const [now, usual] = [mine, rest].map(([n, , sum]) => fromScale(sum / n / STEPS, kind));
        oddest = {
          name,
          siblings: siblings.length,
          now: now!,
          usual: usual!,
          kind,
          factor: Math.exp(factor),
          bits: found - Math.log2(known.length * RECENT),
          values: mine[0],
        };
      }
    }
    return oddest;
  }

  /** The window that is no longer recent is where instances lie usually, but for one that is odd. */
  #foldOldest(): void {
    let [values, places] = [0, 0];
    for (const { recent } of this.#all.values()) {
      if (recent.length < 3 * RECENT) continue;
      values += recent[0]!;
      places += recent[1]!;
    }
    for (const one of this.#all.values()) {
      const { recent } = one;
      if (recent.length < 3 * RECENT) continue;
      if (!one.on && recent[0]! > 0 && values > recent[0]!) foldPlace(one, (places - recent[1]!) / (values - recent[0]!));
      recent.copyWithin(0, 3);
      recent.length -= 3;
    }
  }

  #open(name: string): Instance {
    if (this.#all.size >= MOST) {
      const [oldest] = [...this.#all].reduce((a, b) => (b[1].last < a[1].last ? b : a));
      this.#all.delete(oldest);
    }
    const instance: Instance = { recent: [0, 0, 0], seen: 0, last: 0, usualValues: 0, usualOff: 0, on: false };
    this.#all.set(name, instance);
    return instance;
  }
}

/** What is learned of its place from the oldest window that is kept, in which those of the others were as many steps. */
function foldPlace(one: Instance, others: number): void {
  const left = 2 ** (-1 / PLACE_HALF_LIFE);
  const [values, places] = one.recent as Sums;
  one.usualValues = toHundredths(one.usualValues * left + values);
  one.usualOff = toHundredths(one.usualOff * left + (places - values * others) / STEPS);
}

/** What an instance wrote in the last so many windows, added to `sums`. */
function addUp({ recent }: Instance, windows: number, sums: Sums = [0, 0, 0]): Sums {
  for (let i = Math.max(0, recent.length - 3 * windows); i < recent.length; i += 3) {
    if (recent[i] === 0) continue;
    sums[0] += recent[i]!;
    sums[1] += recent[i + 1]!;
    sums[2] += recent[i + 2]!;
  }
  return sums;
}

function sumAll(all: readonly [string, Instance][], windows: number): Sums {
  const sums: Sums = [0, 0, 0];
  for (const [, one] of all) addUp(one, windows, sums);
  return sums;
}

/** How many of the last so many windows it wrote in. */
const countWindows = ({ recent }: Instance, windows: number): number =>
  recent.slice(-3 * windows).filter((n, i) => i % 3 === 0 && n > 0).length;

/** Square of how far apart instances lie beyond what chance makes of few values, spreads. */
function measureApart(siblings: readonly [string, Instance][], windows: number, [values, places]: Sums): number {
  const squares = siblings.map(([, one]) => {
    const [n, p] = addUp(one, windows);
    return ((p / n - places / values) / STEPS - usualPlace(one)) ** 2 - 1 / n;
  });
  return Math.max(LEAST_APART ** 2, squares.reduce((sum, x) => sum + x, 0) / squares.length);
}

/** How far from its siblings an instance usually lies, spreads: little is made of few values. */
const usualPlace = ({ usualValues, usualOff }: Instance): number => usualOff / (usualValues + PLACE_VALUES);

/** Where its values of the last window that had any lay, spreads from the middle. */
function lastPlace({ recent }: Instance): number {
  for (let i = recent.length - 3; i >= 0; i -= 3) if (recent[i]! > 0) return recent[i + 1]! / recent[i]! / STEPS;
  return 0;
}

/** Bits against chance of so many standard deviations: a tail of Student's t, with as many degrees of freedom as there are values to know the spread by. */
function offBits(z: number, values: number): number {
  const freedom = Math.max(2, Math.min(100, values));
  return Math.max(0, ((freedom + 1) / 2) * Math.log2(1 + (z * z) / freedom) - 1);
}

const toHundredths = (x: number): number => Math.round(x * 100) / 100;

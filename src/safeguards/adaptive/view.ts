import { Prototypes, type PrototypesState } from './prototypes.ts';
import { Tails, type TailState } from './tails.ts';

/**
 * What is looked at of a view at each point: its level (a number), or a short shape. `rate` is the weight of the newest
 * value in the running mean it is taken from (1: the value itself), `lags` are the points back it is compared with; a shape
 * is the newest number and what has changed since, or with `plain` the numbers as they are.
 */
interface Look {
  rate: number;
  lags: readonly number[];
  plain?: boolean;
}

const looks: readonly Look[] = [
  { rate: 1, lags: [] },
  { rate: 0.1, lags: [] },
  { rate: 1, lags: [1, 2, 3], plain: true },
  { rate: 1, lags: [3, 6] },
  { rate: 0.3, lags: [6, 12] },
  { rate: 0.1, lags: [12, 24] },
];
const rates = [1, 0.3, 0.1];
const rateAt = looks.map(({ rate }) => rates.indexOf(rate));
const levels = looks.filter(({ lags }) => lags.length === 0).length;
const shapes = looks.length - levels;

/** Points that are remembered; more than the longest lag, and a power of two. */
const ring = 32;
/** Within this share of itself a level counts as one seen before: 98 and 100 are the same spike. */
const sameness = 0.05;

/** The JSON form of a view. */
export interface ViewState {
  points: number;
  /** The newest values of each running mean, the newest last. */
  means: number[][];
  prototypes: PrototypesState[];
  tails: TailState[];
}

/** How new one view of a series is: its levels and its short shapes, against those it had before. */
export class View {
  readonly #means: readonly Float64Array[];
  readonly #prototypes: readonly Prototypes[];
  readonly #tails: Tails;
  readonly #vector = new Float64Array(4);
  #points: number;
  /** What was loudest at the last point: its score, and the rate it is taken at. */
  loudest = 0;
  scale = 1;

  constructor(memory: number, state?: ViewState) {
    this.#points = state?.points ?? 0;
    this.#means = rates.map((_, r) => readRing(state?.means[r], this.#points));
    this.#prototypes = looks.map(({ lags }, i) => new Prototypes(lags.length + 1, state?.prototypes[i]));
    this.#tails = new Tails(memory, looks.length, state?.tails);
  }

  /** Scores one point against those before it, then learns it: the roots of how rare levels and shapes are, shapes doubly. */
  score(x: number): number {
    this.#follow(x);
    this.#tails.begin();
    this.loudest = 0;
    this.scale = 1;
    let ofLevels = 0;
    let ofShapes = 0;
    for (let i = 0; i < looks.length; i += 1) {
      const score = this.#scoreLook(i);
      if (i < levels) ofLevels += Math.sqrt(score) / levels;
      else ofShapes += Math.sqrt(score) / shapes;
      if (score <= this.loudest) continue;
      this.loudest = score;
      this.scale = looks[i]!.rate;
    }
    this.#points += 1;
    return (ofLevels + 2 * ofShapes) / 3;
  }

  save(): ViewState {
    const known = Math.min(this.#points, ring);
    const means = this.#means.map((mean) => Array.from({ length: known }, (_, i) => mean[(this.#points - known + i) % ring]!));
    return { points: this.#points, means, prototypes: this.#prototypes.map((one) => one.save()), tails: this.#tails.save() };
  }

  /** Puts a value into the running means; before the first point all was as it is. */
  #follow(x: number): void {
    const at = this.#points % ring;
    for (let r = 0; r < rates.length; r += 1) {
      const mean = this.#means[r]!;
      if (this.#points === 0) mean.fill(x);
      const before = mean[(this.#points + ring - 1) % ring]!;
      mean[at] = before + rates[r]! * (x - before);
    }
  }

  #scoreLook(i: number): number {
    const { lags, plain = false } = looks[i]!;
    const mean = this.#means[rateAt[i]!]!;
    const vector = this.#vector;
    const now = mean[this.#points % ring]!;
    vector[0] = now;
    for (let k = 0; k < lags.length; k += 1) {
      const then = mean[(this.#points + ring - lags[k]!) % ring]!;
      vector[k + 1] = plain ? then : now - then;
    }
    const prototypes = this.#prototypes[i]!;
    let far = prototypes.measure(vector, this.#tails.usual(i));
    if (lags.length === 0) far = Math.max(0, far - sameness * Math.abs(prototypes.nearestLevel));
    prototypes.learn(vector);
    return this.#tails.score(i, far);
  }
}

/** The newest values at the places a run of so many points has them at. */
function readRing(values: readonly number[] | undefined, points: number): Float64Array {
  // Before the first point all was as it is.
  const filled = new Float64Array(ring).fill(values?.[0] ?? 0);
  values?.forEach((value, i) => (filled[(points - values.length + i) % ring] = value));
  return filled;
}

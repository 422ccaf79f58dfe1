import { Known, type KnownState } from './known.ts';
import type { Part } from './magnitude.ts';
import { Tails, type TailState } from './tails.ts';

/** Weights of the newest value in the running means whose novelty is judged. */
export const levelScales: readonly number[] = [1, 0.3, 0.1];
/** Steps are judged as they are: smoothed, they would only be levels again. */
export const stepScales: readonly number[] = [1];
/** How fast the centre follows, from which a value's own size is measured. */
const centreRate = 0.005;

/** The JSON form of a novelty. */
export interface NoveltyState {
  count: number;
  means: number[];
  centres: number[];
  known: KnownState[];
  tails: TailState[];
}

/**
 * How new one view of a series is (its level, its deviation from the usual, its step), at several scales of time.
 * A view that has zero for its natural centre is `centred`; otherwise a slow mean of the view is its centre.
 */
export class Novelty {
  readonly #scales: readonly number[];
  readonly #centred: boolean;
  readonly #means: Float64Array;
  readonly #centres: Float64Array;
  readonly #known: Known[];
  readonly #tails: Tails;
  readonly #part: Part = { score: 0, loudest: 0, scale: 1, deviation: 0 };
  #count: number;

  constructor(memory: number, scales: readonly number[], centred: boolean, state?: NoveltyState) {
    this.#scales = scales;
    this.#centred = centred;
    this.#count = state?.count ?? 0;
    this.#means = Float64Array.from(state?.means ?? scales.map(() => 0));
    this.#centres = Float64Array.from(state?.centres ?? scales.map(() => 0));
    this.#known = scales.map((_, i) => new Known(memory, state?.known[i]));
    this.#tails = new Tails(memory, scales.length, state?.tails);
  }

  /** Scores the novelty of one point against those before it, then learns it. The part is reused by the next call. */
  score(x: number): Part {
    const part = this.#part;
    part.score = part.loudest = part.deviation = 0;
    part.scale = 1;
    this.#count += 1;
    this.#tails.begin();
    for (let i = 0; i < this.#scales.length; i += 1) {
      const scale = this.#scales[i]!;
      const mean = this.#smooth(i, scale, x);
      const deviation = mean - this.#centres[i]!;
      const score = this.#tails.score(i, this.#known[i]!.novelty(mean, Math.abs(deviation)));
      if (!this.#centred) this.#follow(i, mean);
      part.score += score;
      if (score > part.loudest) {
        part.loudest = score;
        part.scale = scale;
        part.deviation = deviation;
      }
    }
    part.score /= this.#scales.length;
    return part;
  }

  #smooth(i: number, scale: number, x: number): number {
    const first = this.#count === 1 && !this.#centred;
    if (first) this.#centres[i] = x;
    const before = first ? x : this.#means[i]!;
    return (this.#means[i] = before + scale * (x - before));
  }

  /** A plain mean at first, so that the first value does not weigh for hundreds of points. */
  #follow(i: number, mean: number): void {
    const centre = this.#centres[i]!;
    this.#centres[i] = centre + Math.max(centreRate, 1 / this.#count) * (mean - centre);
  }

  save(): NoveltyState {
    return {
      count: this.#count,
      means: [...this.#means],
      centres: [...this.#centres],
      known: this.#known.map((known) => known.save()),
      tails: this.#tails.save(),
    };
  }
}

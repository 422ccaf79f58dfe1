import { Tail, type TailState } from './tail.ts';

/** Weights of the newest residual in the running means: from a single point to a slow drift over about 30 points. */
const scales = [1, 0.3, 0.1, 0.03] as const;
/** The same for the size of the residuals whatever their sign: a series that merely grows restless. */
const spreadScale = 0.1;

/** The JSON form of a magnitude. */
export interface MagnitudeState {
  means: number[];
  tails: TailState[];
}

/** How large a deviation is, with what made it so. */
export interface Part {
  /** Mean over the scales of -log10 of the tail probability. */
  score: number;
  /** The score of the loudest scale, that scale, and the mean deviation there, signed. */
  loudest: number;
  scale: number;
  deviation: number;
}

/** How large the residuals against one baseline are, at several scales of time. */
export class Magnitude {
  /** Running means of the residual, a scale each, and at last that of its size. */
  readonly #means: Float64Array;
  readonly #tails: Tail[];
  readonly #part: Part = { score: 0, loudest: 0, scale: 1, deviation: 0 };

  constructor(memory: number, state?: MagnitudeState) {
    this.#means = Float64Array.from(state?.means ?? [...scales, spreadScale].map(() => 0));
    this.#tails = Array.from(this.#means, (_, i) => new Tail(memory, state?.tails[i]));
  }

  /** Scores the residual of one point against those before it, then learns it. The part is reused by the next call. */
  score(residual: number): Part {
    const part = this.#part;
    part.score = part.loudest = 0;
    part.scale = 1;
    part.deviation = residual;
    for (let i = 0; i <= scales.length; i += 1) {
      const scale = scales[i] ?? spreadScale;
      const x = i < scales.length ? residual : Math.abs(residual);
      const mean = this.#means[i]! + scale * (x - this.#means[i]!);
      this.#means[i] = mean;
      const score = this.#tails[i]!.score(Math.abs(mean));
      part.score += score;
      if (score > part.loudest) {
        part.loudest = score;
        part.scale = scale;
        // spread has no direction of its own: the point's residual tells it
        part.deviation = i < scales.length ? mean : residual;
      }
    }
    part.score /= scales.length + 1;
    return part;
  }

  save(): MagnitudeState {
    return { means: [...this.#means], tails: this.#tails.map((tail) => tail.save()) };
  }
}

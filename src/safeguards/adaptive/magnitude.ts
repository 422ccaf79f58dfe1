import { Tails, type TailState } from './tails.ts';

/** Weights of the newest residual in the running means: from a single point to a slow drift over about 30 points. */
const signedScales = [1, 0.3, 0.1, 0.03] as const;
/** The same for the size of the residuals whatever their sign: a series that merely grows restless. */
const spreadScale = 0.1;
const scales = Float64Array.of(...signedScales, spreadScale);
const spread = signedScales.length;

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
  readonly #tails: Tails;
  readonly #part: Part = { score: 0, loudest: 0, scale: 1, deviation: 0 };

  constructor(memory: number, state?: MagnitudeState) {
    this.#means = Float64Array.from(state?.means ?? scales, (mean) => (state ? mean : 0));
    this.#tails = new Tails(memory, scales.length, state?.tails);
  }

  /** Scores the residual of one point against those before it, then learns it. The part is reused by the next call. */
  score(residual: number): Part {
    const part = this.#part;
    part.scale = 1;
    part.deviation = residual;
    this.#tails.begin();
    let sum = 0;
    let loudest = 0;
    for (let i = 0; i <= spread; i += 1) {
      const x = i < spread ? residual : Math.abs(residual);
      const mean = this.#means[i]! + scales[i]! * (x - this.#means[i]!);
      this.#means[i] = mean;
      const score = this.#tails.score(i, Math.abs(mean));
      sum += score;
      if (score <= loudest) continue;
      loudest = score;
      part.scale = scales[i]!;
      // spread has no direction of its own: the point's residual tells it
      part.deviation = i < spread ? mean : residual;
    }
    part.score = sum / scales.length;
    part.loudest = loudest;
    return part;
  }

  save(): MagnitudeState {
    return { means: [...this.#means], tails: this.#tails.save() };
  }
}

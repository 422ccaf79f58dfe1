import { copyTemplate } from './copyTemplate.ts';

/** One line kept as an example. */
export interface Sample {
  id: string;
  /** Event time, milliseconds. */
  at: number;
  text: string;
}

/** Characters of an example that are kept. */
const SAMPLE_LENGTH = 4096;

export const makeSample = (id: string, at: number, text: string): Sample => ({
  id,
  at,
  text: text.length > SAMPLE_LENGTH ? copyTemplate(text.slice(0, SAMPLE_LENGTH)) : text,
});

export interface SavedSamples {
  lines: [Sample, Sample, Sample];
  difference: number;
}

/** The first line of many, the one among those looked at that differs most from it, and the last. */
export class Samples {
  oldest: Sample = { id: '', at: Infinity, text: '' };
  middle: Sample = this.oldest;
  newest: Sample = { id: '', at: -Infinity, text: '' };
  #difference = -1;

  /** Takes the `count`th line. It is compared only at powers of two: spread over a long life, at no cost in between. */
  add(sample: Sample, count: number): void {
    if (sample.at < this.oldest.at) this.oldest = sample;
    if (sample.at >= this.newest.at) this.newest = sample;
    if ((count & (count - 1)) === 0) this.#consider(sample);
  }

  absorb(other: Samples): void {
    const [oldest, spare] = other.oldest.at < this.oldest.at ? [other.oldest, this.oldest] : [this.oldest, other.oldest];
    this.oldest = oldest;
    if (other.newest.at > this.newest.at) this.newest = other.newest;
    this.#consider(spare);
  }

  save(): SavedSamples {
    return { lines: [this.oldest, this.middle, this.newest], difference: this.#difference };
  }

  static load(saved: SavedSamples): Samples {
    const samples = new Samples();
    [samples.oldest, samples.middle, samples.newest] = saved.lines;
    samples.#difference = saved.difference;
    return samples;
  }

  #consider(sample: Sample): void {
    const difference = findDifference(this.oldest.text, sample.text);
    if (difference < this.#difference) return;
    this.#difference = difference;
    this.middle = sample;
  }
}

/** How many characters differ, position by position, over the first 512. */
function findDifference(a: string, b: string): number {
  const n = Math.min(a.length, b.length, 512);
  let different = Math.min(512, Math.abs(a.length - b.length));
  for (let i = 0; i < n; i++) if (a.charCodeAt(i) !== b.charCodeAt(i)) different++;
  return different;
}

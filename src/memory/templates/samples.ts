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

export interface SavedSamples {
  lines: [Sample, Sample, Sample];
  difference: number;
}

/** The first line of many, the one among those looked at that differs most from it, and the last. */
export class Samples {
  oldest: Sample = { id: '', at: Infinity, text: '' };
  middle: Sample = this.oldest;
  /** The newest in parts: it changes with nearly every line. */
  #id = '';
  #at = -Infinity;
  #text = '';
  #difference = -1;

  get newest(): Sample {
    return { id: this.#id, at: this.#at, text: this.#text };
  }

  /** Takes the `count`th line. It is compared only at powers of two: spread over a long life, at no cost in between. */
  add(id: string, at: number, line: string, count: number): void {
    const text = line.length > SAMPLE_LENGTH ? copyTemplate(line.slice(0, SAMPLE_LENGTH)) : line;
    if (at >= this.#at) {
      this.#id = id;
      this.#at = at;
      this.#text = text;
    }
    const isCompared = (count & (count - 1)) === 0;
    if (!isCompared && at >= this.oldest.at) return;
    const sample = { id, at, text };
    if (at < this.oldest.at) this.oldest = sample;
    if (isCompared) this.#consider(sample);
  }

  absorb(other: Samples): void {
    const [oldest, spare] = other.oldest.at < this.oldest.at ? [other.oldest, this.oldest] : [this.oldest, other.oldest];
    this.oldest = oldest;
    if (other.#at > this.#at) this.#setNewest(other.newest);
    this.#consider(spare);
  }

  save(): SavedSamples {
    return { lines: [this.oldest, this.middle, this.newest], difference: this.#difference };
  }

  static load(saved: SavedSamples): Samples {
    const samples = new Samples();
    const [oldest, middle, newest] = saved.lines;
    samples.oldest = oldest;
    samples.middle = middle;
    samples.#setNewest(newest);
    samples.#difference = saved.difference;
    return samples;
  }

  #setNewest({ id, at, text }: Sample): void {
    this.#id = id;
    this.#at = at;
    this.#text = text;
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

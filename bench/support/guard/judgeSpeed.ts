import { median } from '../timedProgram.ts';

/** What one kind of work took with the build before and with this one, seconds of processor time, round by round. */
export interface Rounds {
  what: string;
  before: readonly number[];
  now: readonly number[];
}

export interface Judged {
  what: string;
  /** Median of the ratios of the rounds: above 1 it takes longer than before. */
  ratio: number;
  slower: boolean;
}

/** Holds each kind of work against the build before: slower is what takes more than so much longer in the median round. */
export const judgeSpeed = (all: readonly Rounds[], mostSlower: number): Judged[] =>
  all.map(({ what, before, now }) => {
    const ratio = median(now.map((seconds, i) => seconds / before[i]!));
    return { what, ratio: Number(ratio.toFixed(3)), slower: ratio > 1 + mostSlower };
  });

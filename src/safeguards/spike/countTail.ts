import { foldVolume, judgeVolume, startVolume, type Volume } from '../../memory/rates/volume.ts';

/** What the counts of a series have been, as the volume of a group is known: lately, at this hour of the day, of the week. */
export interface CountTail {
  volume: Volume;
  /** Start of its first bucket, milliseconds. */
  first: number;
}

/** Bits that a count must have beyond what every eighth bucket has: chance gives one as odd in 32,768 buckets of a series. */
const RARE = 12;
/** Buckets after which one counts half. */
const HALF_LIFE = 288;

/**
 * Whether a count is one that chance hardly gives: too many or too few for a negative binomial, whichever of the forecasts it
 * is held against (lately, this hour of the day, this hour of the week). Two where there is one an hour are a new shape, and
 * are nothing. Then learns it.
 */
export function isRareCount(tail: CountTail, count: number, { start, end }: { start: number; end: number }): boolean {
  const { bits } = judgeVolume(tail.volume, count, start);
  const windowMs = end - start;
  foldVolume(tail.volume, { count, exposure: 1, start, windowMs, bits, first: tail.first, fade: 2 ** (-1 / HALF_LIFE) });
  return bits >= RARE;
}

export const startCounts = (first: number): CountTail => ({ volume: startVolume(), first });

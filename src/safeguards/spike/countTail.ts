import { CHANCE } from '../../memory/rates/surprise.ts';
import { foldVolume, judgeVolume, startVolume, type Volume } from '../../memory/rates/volume.ts';

/** What the counts of a series have been, as the volume of a group is known: lately, at this hour of the day, of the week. */
export interface CountTail {
  volume: Volume;
  /** Start of its first bucket, milliseconds. */
  first: number;
}

/** Bits against chance that a count must have to be rare: chance gives one as odd in 32,768 buckets of a series. */
const RARE = 15;
/** Buckets after which one counts half. */
const HALF_LIFE = 288;

/**
 * Bits against chance of a count: how rare it is for a negative binomial, too many or too few, whichever of the forecasts it
 * is held against (lately, this hour of the day, this hour of the week). Two where there is one an hour are a new shape, and
 * are nothing. Then learns it. 0 while little is known, and for what every eighth bucket has.
 */
export function countBits(tail: CountTail, count: number, { start, end }: { start: number; end: number }): number {
  const { bits } = judgeVolume(tail.volume, count, start);
  const windowMs = end - start;
  foldVolume(tail.volume, { count, exposure: 1, start, windowMs, bits, first: tail.first, fade: 2 ** (-1 / HALF_LIFE) });
  return bits > 0 ? bits + CHANCE : 0;
}

/** Whether chance hardly gives a count of so many bits. */
export const isRare = (bits: number): boolean => bits >= RARE;

export const startCounts = (first: number): CountTail => ({ volume: startVolume(), first });

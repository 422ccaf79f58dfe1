import { rankLevel } from '../../../memory/judge/levelRank.ts';
import { CHANCE } from '../../../memory/rates/surprise.ts';
import type { Blip } from '../../../signal.ts';

const errorRank = rankLevel('ERROR');

/**
 * Bits against chance of what a pattern did in a window; severity is no evidence. Of what rises the tail itself, where the
 * memory gives it; of all else those of its score, with what that allows to chance.
 */
export const chanceBits = ({ bits: { surprise, burst, novelty }, why: { chance_bits: tail } }: Pick<Blip, 'bits' | 'why'>): number => {
  const moved = Math.max(surprise, burst);
  if (typeof tail === 'number') return Math.max(tail, novelty);
  return Math.max(moved > 0 ? moved + CHANCE : 0, novelty);
};

/** An error that is new or back: it is reported whatever the record of its group says. */
export const isUrgent = ({ state, level }: Blip): boolean =>
  (state === 'new' || state === 'returning') && rankLevel(level ?? undefined) >= errorRank;

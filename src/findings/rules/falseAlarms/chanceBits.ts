import { rankLevel } from '../../../memory/judge/levelRank.ts';
import { CHANCE } from '../../../memory/rates/surprise.ts';
import type { Blip } from '../../../signal.ts';

const errorRank = rankLevel('ERROR');

/** Bits against chance of what a pattern did in a window, with those that a score allows to chance; severity is no evidence. */
export const chanceBits = ({ bits: { surprise, burst, novelty } }: Blip): number => {
  const moved = Math.max(surprise, burst);
  return Math.max(moved > 0 ? moved + CHANCE : 0, novelty);
};

/** An error that is new or back: it is told whatever the record of its group says. */
export const isUrgent = ({ state, level }: Blip): boolean =>
  (state === 'new' || state === 'returning') && rankLevel(level ?? undefined) >= errorRank;

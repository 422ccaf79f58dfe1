import type { Judgement } from './judge.ts';
import { predict } from '../rates/rates.ts';
import { MOVED } from './stateWord.ts';
import type { Pattern } from '../patterns/pattern.ts';
import type { Cell } from '../windows/window.ts';

/** Score from which something is worth an early result, and by how much it must grow to be emitted again. */
const EARLY_SCORE = 25;
const EARLY_STEP = 10;
/** What has become so many times as much is emitted again, too: of a single line nothing is known but that it came. */
const EARLY_GROWTH = 2;
/** So many bits rarer by chance is emitted again as well: a rule may wait for just these. */
const EARLY_CHANCE = 4;
/** What is known is looked at again at a quarter more: each line of a rare one counts for much. */
const NEXT_LOOK = 4;
/** What has stayed away for so many windows may be back: whether it is, its own gaps say. */
const AWAY = 12;
/** Standard deviations above the expected from which a count is looked at. */
const LOUD = 3;

/**
 * The count in window `index` from which a pattern may be worth an early result: 1 for what is new or back, or may be, `away`
 * windows after it came last. Cheap to ask of every event; the full judgement is made before anything is emitted.
 */
export function loudAt(pattern: Pattern, { index, away }: { index: number; away: number }): number {
  if (pattern.foundedIn === index || pattern.returnedIn === index || pattern.gone || away >= AWAY) return 1;
  const predicted = predict(pattern.rate, 1);
  if (!predicted) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil(predicted.mean + LOUD * Math.sqrt(predicted.variance)));
}

/** The count from which a pattern that was looked at is looked at again: twice as many of what came lately, of which all is news. */
export const nextLookAt = (pattern: Pattern, index: number, count: number): number =>
  pattern.foundedIn === index || pattern.returnedIn === index || pattern.gone
    ? 2 * count
    : count + Math.max(1, Math.floor(count / NEXT_LOOK));

/** Bits of chance alone giving as much; 0 where that is not known. */
export const readChance = ({ why }: Pick<Judgement, 'why'>): number => Number(why.chance_bits ?? 0);

/** True for news that was not emitted in this window, or that has grown since. */
export function isWorthEmitting({ state, bits, score, why }: Judgement, cell: Cell): boolean {
  const isNews = state === 'new' || state === 'returning' || bits.surprise >= MOVED;
  return (
    isNews &&
    score >= EARLY_SCORE &&
    (cell.emittedScore === 0 ||
      score >= cell.emittedScore + EARLY_STEP ||
      cell.count >= EARLY_GROWTH * (cell.emittedCount ?? Number.POSITIVE_INFINITY) ||
      readChance({ why }) >= (cell.emittedChance ?? Number.POSITIVE_INFINITY) + EARLY_CHANCE)
  );
}

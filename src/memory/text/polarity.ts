import { splitWords } from './concepts.ts';

/** Words that say that something went well, and that it did not. */
const good = new Set(
  (
    'ok okay ready healthy success succeeded successful successfully passed pass completed complete finished finish done recovered restored ' +
    'resumed renewed replaced verified accepted allowed granted available normal stable online established reachable valid cleared ' +
    'repaired resolved corrected fixed reconnected unlocked freed'
  ).split(' '),
);
const bad = new Set(
  (
    'fail failed failing failure failures error errors exception crash crashed aborted abort lost denied refused rejected invalid timeout ' +
    'timed unable cannot missing corrupt corrupted exhausted exceeded unreachable unavailable unhealthy broken killed dropped expired full ' +
    'degraded deadlock panic fatal slow unexpected overflow lagging declined unauthorized forbidden stuck leak conflict'
  ).split(' '),
);
const negations = new Set(['no', 'not', 'without', 'never', 'non']);
/** Words a negation reaches. */
const REACH = 3;

/** Whether a text tells of something that went well (1), did not (-1), or says neither, or both (0). */
export function readPolarity(text: string): -1 | 0 | 1 {
  let sum = 0;
  let turned = 0;
  for (const word of splitWords(text)) {
    if (negations.has(word)) {
      turned = REACH;
      continue;
    }
    const sign = good.has(word) ? 1 : bad.has(word) ? -1 : 0;
    sum += turned > 0 ? -sign : sign;
    if (sign !== 0) turned = 0;
    else turned = Math.max(0, turned - 1);
  }
  return sum > 0 ? 1 : sum < 0 ? -1 : 0;
}

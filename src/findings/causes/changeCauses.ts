import { toIso } from '../../event.ts';
import type { CameFirst } from '../../results/cameFirst.ts';
import type { Change } from '../answers/changes.ts';

const DAY = 86_400_000;
/** Nothing changes less often than once in three months, as far as anybody knows. */
const MOST_BITS = 12;

/**
 * What was changed before something began, with how odd it is that a change lies so near by chance: -log2 of the chance of
 * one within that time, at the rate at which changes come. `past` are the distances of the last change before each past
 * episode, null without one; times and distances in milliseconds.
 */
export function changeCauses(
  since: number,
  near: readonly Change[],
  known: readonly Change[],
  past: readonly (number | null)[],
): CameFirst[] {
  const first = known[0]?.at ?? since;
  const rate = (known.filter(({ at }) => at <= since).length + 0.5) / Math.max(DAY, since - first);
  return near
    .filter(({ at }) => at <= since)
    .map(({ at, text }): CameFirst => {
      const distance = Math.max(1000, since - at);
      const bits = Math.min(MOST_BITS, -Math.log2(1 - Math.exp(-rate * distance)));
      const rounded = Math.round(10 * bits) / 10;
      return {
        kind: 'change',
        what: text,
        at: toIso(at),
        bits: rounded,
        precedents: { in: past.filter((one) => one !== null && one <= distance).length, of: past.length },
        evidence: [{ why: 'just before', bits: rounded, earlier_ms: since - at }],
      };
    });
}

import { beginLevel } from '../../memory/ranking/beginLevel.ts';
import type { Blip } from '../../signal.ts';

/** On which side of which count something is on. */
export interface Extent {
  side: 'above' | 'below';
  level: number;
}

/** Three significant digits: what a person reads. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/**
 * Where something began, from its first closed window. Too much is on from the least count that stood out, and from its
 * own where a rule found it too large though it did not; too little is on below the level as far on the other side.
 */
export function findExtent({ state, count, usual }: Pick<Blip, 'state' | 'count' | 'usual'>): Extent {
  const above = beginLevel(usual);
  if (state !== 'gone' && state !== 'falling') return { side: 'above', level: Math.max(1, Math.min(rounded(above), count)) };
  return { side: 'below', level: Math.max(1, rounded(2 * (usual ?? 0) - above), count + 1) };
}

/** What was on before there was anything to compare with is on as long as it comes. */
export const wholeExtent: Extent = { side: 'above', level: 1 };

export const isOn = ({ side, level }: Extent, count: number): boolean => (side === 'above' ? count >= level : count < level);

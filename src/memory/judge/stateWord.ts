import type { RateState } from '../../signal.ts';

/** Bits from which a rate has changed; below, it is steady. */
export const MOVED = 3;

export interface StateNumbers {
  count: number;
  /** First seen lately, and that is news. */
  isNew: boolean;
  /** Back after an absence that its own gaps do not explain. */
  isBack: boolean;
  /** Back too, and seen too rarely to say how long it stays away. */
  isRare: boolean;
  /** Bits of more, and of less, than expected. */
  above: number;
  below: number;
}

/** One word for what the rate does: new, returning, rising, rare, falling, gone or steady. */
export function chooseStateWord({ count, isNew, isBack, isRare, above, below }: StateNumbers): RateState {
  if (count === 0) return below >= MOVED ? 'gone' : 'steady';
  if (isNew) return 'new';
  if (isBack) return 'returning';
  if (above >= MOVED) return 'rising';
  if (isRare) return 'rare';
  return below >= MOVED ? 'falling' : 'steady';
}

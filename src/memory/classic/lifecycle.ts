import { DAY } from './weights.ts';

export type Lifecycle = 'new' | 'trending' | 'established';
export type Temporal = 'new' | 'trending' | 'known';

/** Oldest age, in days, of a member that is of short or of medium age. */
const SHORT = 14;
const MEDIUM = 30;

/**
 * The life-cycle of a topic by the ages of its members: `new` when all are short (to 14 d), `trending` when some are
 * medium (to 30 d) and none is long, `established` when some are long. The oldest member alone decides it.
 */
export function findLifecycle(firstSeen: number, now: number): Lifecycle {
  const days = (now - firstSeen) / DAY;
  if (days <= SHORT) return 'new';
  return days <= MEDIUM ? 'trending' : 'established';
}

/** The label that is shown: new, trending, else known. */
export function findTemporalLabel(lifecycle: Lifecycle): Temporal {
  return lifecycle === 'established' ? 'known' : lifecycle;
}

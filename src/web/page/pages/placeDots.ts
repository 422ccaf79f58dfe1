/** An episode as the order in which its patterns first moved, milliseconds from the first. */
export interface Order {
  id: string;
  members: readonly { topic_id: string; offset_ms: number }[];
}

/** A dot on the line of an episode, and whether its name stands above or below; null where there is no room for one. */
export interface Dot {
  topic: string;
  /** 0 to 100, from left to right. */
  at: number;
  shared: boolean;
  side: 'above' | 'below' | null;
}

/** Room that a name takes, in hundredths of the width. */
const nameWidth = 14;

/** Places of the dots of an order, of which those in `known` are named; `longest`: what the whole width stands for, milliseconds. */
export function placeDots({ members }: Order, known: ReadonlySet<string>, longest: number): Dot[] {
  const free = { above: Number.NEGATIVE_INFINITY, below: Number.NEGATIVE_INFINITY };
  return members.map(({ topic_id: topic, offset_ms: ms }): Dot => {
    const at = longest > 0 ? (100 * Math.max(0, ms)) / longest : 0;
    const shared = known.has(topic);
    const side = shared ? (['above', 'below'] as const).find((one) => free[one] <= at) : undefined;
    if (side) free[side] = at + nameWidth;
    return { topic, at, shared, side: side ?? null };
  });
}

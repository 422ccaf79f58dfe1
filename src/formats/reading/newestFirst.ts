/** Steps that have to be there, and the share of them that must go down. */
const leastSteps = 3;
const share = 0.8;

/**
 * Whether records are written newest first: almost all steps in time go down, at the beginning of an input and at its end,
 * and the end lies before the beginning. Times in the order of the records, milliseconds since 1970.
 */
export function isNewestFirst(head: readonly number[], tail: readonly number[]): boolean {
  if (!goesDown(head) || !goesDown(tail)) return false;
  return head === tail || middle(tail) <= middle(head);
}

function goesDown(times: readonly number[]): boolean {
  const steps = times.slice(1).flatMap((time, i) => (time === times[i] ? [] : [time - times[i]!]));
  return steps.length >= leastSteps && steps.filter((step) => step < 0).length >= share * steps.length;
}

const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)]!;

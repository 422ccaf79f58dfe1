/** Throws the first failure among some outcomes, if there is one. */
export function throwFirst(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  for (const one of outcomes) if (one.status === 'rejected') throw one.reason;
}

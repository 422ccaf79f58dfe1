import type { SourceRun } from './sourceRun.ts';

/** Records after which it is known how often one comes. */
const known = 20;
/** Shortest silence that says anything, milliseconds, and how many times as long as usual it is. */
const shortest = 60_000;
const times = 20;

type Heard = Pick<SourceRun, 'heard' | 'first' | 'last' | 'report' | 'hasEnded' | 'node'>;

/**
 * Live sources, and how many of them are silent against their habit: what happens there cannot be seen. One that has always
 * spoken rarely is not; nor is one that nothing came from yet. `now` is of the run's clock, milliseconds.
 */
export function countSilent(sources: readonly Heard[], now: number): { sources: number; silent: number } {
  const live = sources.filter(({ node: { source, options } }) => source.spec.live(options) && source.spec.accompanies !== true);
  return { sources: live.length, silent: live.filter((one) => isSilent(one, now)).length };
}

function isSilent({ heard, first, last, report: { accepted }, hasEnded }: Heard, now: number): boolean {
  if (hasEnded || accepted < known || first === null || last === null) return false;
  const usual = (last - first) / (accepted - 1);
  return now - heard > Math.max(shortest, times * usual);
}

import { isSilent } from '../../base/isSilent.ts';
import type { SourceRun } from './sourceRun.ts';

type Figures = Pick<SourceRun, 'lastAt' | 'first' | 'last' | 'report' | 'hasEnded' | 'node'>;

/**
 * Live sources, and how many of them are silent against their habit: what happens there cannot be seen. One that has always
 * given little is not; nor is one that nothing came from yet. `now` is of the run's clock, milliseconds.
 */
export function countSilent(sources: readonly Figures[], now: number): { sources: number; silent: number } {
  const live = sources.filter(({ node: { source, options } }) => source.spec.live(options) && source.spec.accompanies !== true);
  return { sources: live.length, silent: live.filter((one) => hasGoneSilent(one, now)).length };
}

function hasGoneSilent({ lastAt, first, last, report: { accepted: count }, hasEnded }: Figures, now: number): boolean {
  return !hasEnded && first !== null && last !== null && isSilent({ count, first, last }, now - lastAt);
}

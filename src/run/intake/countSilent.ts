import { isSilent } from '../../base/isSilent.ts';
import type { SourceRun } from './sourceRun.ts';

type Heard = Pick<SourceRun, 'heard' | 'first' | 'last' | 'report' | 'hasEnded' | 'node'>;

/**
 * Live sources, and how many of them are silent against their habit: what happens there cannot be seen. One that has always
 * spoken rarely is not; nor is one that nothing came from yet. `now` is of the run's clock, milliseconds.
 */
export function countSilent(sources: readonly Heard[], now: number): { sources: number; silent: number } {
  const live = sources.filter(({ node: { source, options } }) => source.spec.live(options) && source.spec.accompanies !== true);
  return { sources: live.length, silent: live.filter((one) => hasGoneSilent(one, now)).length };
}

function hasGoneSilent({ heard, first, last, report: { accepted: count }, hasEnded }: Heard, now: number): boolean {
  return !hasEnded && first !== null && last !== null && isSilent({ count, first, last }, now - heard);
}

import { CaducusError } from '../errors.ts';
import type { RunOptions } from './runOptions.ts';

/**
 * Rejects with CAD050 when a run that was stopped is not over in time, saying what is under way by component; never
 * resolves, and does nothing any more once `over` aborts.
 */
export function drainDeadline(
  { io, stop, drainTimeout }: Pick<RunOptions, 'io' | 'stop' | 'drainTimeout'>,
  over: AbortSignal,
  describe: () => string[],
): Promise<never> {
  return new Promise((_, reject) => {
    if (!stop || drainTimeout === undefined) return;
    const tooLate = () =>
      reject(new CaducusError('CAD050', {}, `still under way after ${drainTimeout / 1000} s: ${describe().join('; ') || 'an operator'}`));
    // A sleep that is cut short has nothing to tell: the run is over.
    const begin = () => void io.sleep(drainTimeout, over).then(tooLate, () => {});
    if (stop.aborted) begin();
    else stop.addEventListener('abort', begin, { once: true, signal: over });
  });
}

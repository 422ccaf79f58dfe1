import type { Circumstances } from '../judge/judge.ts';
import type { OpenWindow } from '../windows/window.ts';
import type { GroupState } from './groupState.ts';

/** What every pattern of a window is judged by, of which the share `exposure` was watched. */
export function circumstances(state: GroupState, window: OpenWindow, now: number, exposure: number, open: boolean): Circumstances {
  return {
    windowMs: state.options.windowMs,
    index: window.index,
    now,
    asOf: now,
    exposure,
    open,
    traffic: null,
    levels: state.baseline.levels,
  };
}

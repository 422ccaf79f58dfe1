import { isObject } from '../../base/isObject.ts';
import type { Json } from '../../event.ts';

/**
 * Carries the state of a key from version 1: series and their alarms stay, and what the adaptive detector had learned is
 * learned anew, since it now asks another question. The ratio detector's state is as it was; so is one of version 2, which
 * knew no series that is only its points.
 */
export function migrateSpike(state: Json): Json {
  if (!isObject(state) || !Array.isArray(state.series)) return state;
  const series = state.series.map((one) => {
    const isOld = isObject(one) && isObject(one.detector) && 'sizes' in one.detector;
    return isOld ? { ...one, detector: null } : one;
  });
  return { ...state, series };
}

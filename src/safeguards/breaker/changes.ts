import { toSaved } from '../../base/saved.ts';
import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { OptionClasses } from '../../kernel/optionChange.ts';
import { emptyWindow } from './slidingWindow.ts';

/** All of it counts from the next call on; only the window of calls is kept in a shape of its own. */
export const breakerChanges = {
  failure: 'threshold',
  success: 'threshold',
  duration: 'threshold',
  severity: 'view',
  failureThreshold: 'threshold',
  failureRateThreshold: 'threshold',
  slowCallRateThreshold: 'threshold',
  slowCallDurationThreshold: 'threshold',
  slidingWindow: 'shape',
  minimumCalls: 'threshold',
  waitInOpen: 'threshold',
  backoff: 'threshold',
  permittedCallsInHalfOpen: 'threshold',
  permitTimeout: 'threshold',
  onNoData: 'threshold',
  noDataAfter: 'threshold',
} as const satisfies OptionClasses;

/** A saved state for another window of calls: open or closed as it was, and no calls counted. */
export function emptyCalls(state: Json): Json {
  const { breaker, ...rest } = state as JsonObject;
  return { ...rest, breaker: isObject(breaker) ? { ...breaker, window: toSaved(emptyWindow()) } : null };
}

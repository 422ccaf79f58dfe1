import type { RejectedSignal } from '../../signal.ts';
import type { Flow } from '../defineOperator.ts';

/** Characters of the original that a rejected record keeps. */
const KEPT = 4096;

/** The rejected signal for a record an operator could not take. */
export function rejectSignal(signal: Flow, operator: string, reason: string, original: unknown): RejectedSignal {
  const rejected = { source: operator, reason, place: {}, original: JSON.stringify(original).slice(0, KEPT) };
  return { kind: 'rejected', time: signal.time, key: signal.key, rejected };
}

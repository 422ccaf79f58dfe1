import type { Flow } from '../signal.ts';

/**
 * The record that a signal carries: what stands under the name of its kind, as `finding.finding` does, or where an
 * operator of one's own puts its values beside `kind`, all of them but time and key.
 */
export function readRecord(signal: Flow): Record<string, unknown> {
  const named = (signal as Flow & Record<string, unknown>)[signal.kind];
  if (typeof named === 'object' && named !== null && !Array.isArray(named)) return named as Record<string, unknown>;
  const { kind: _kind, time: _time, key: _key, ...own } = signal;
  return own;
}

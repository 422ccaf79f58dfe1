import { signalKinds } from '../../config/scalars.ts';
import { readRecord } from '../base/readRecord.ts';
import { toIso } from '../event.ts';
import type { Flow, Signal } from '../signal.ts';

const known: ReadonlySet<string> = new Set(signalKinds);

/**
 * What a line-writing sink writes for a signal, plain JSON with snake_case names: an event as it is, flagged `late` when
 * its window had closed; anything else with its `kind` in front, and a kind of one's own with its event time.
 */
export function makeRecord(signal: Flow): object {
  const { kind, time } = signal;
  const record = readRecord(signal);
  if (kind === 'event') return (signal as Extract<Signal, { kind: 'event' }>).late ? { ...record, late: true } : record;
  return known.has(kind) ? { kind, ...record } : { kind, timestamp: toIso(time), ...record };
}

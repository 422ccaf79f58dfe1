import type { Signal } from '../../signal.ts';

/** Characters of a record that are kept. */
const originalLength = 4096;

/** A record without an event time can be put in no window, and would hold all others back: it is rejected. */
export function rejectTimeless(record: Signal): Signal {
  if (Number.isFinite(record.time)) return record;
  const { kind, key: _key, time: _time, ...rest } = record;
  const source = record.kind === 'event' ? record.event.source : kind;
  const original = JSON.stringify(rest).slice(0, originalLength);
  return { kind: 'rejected', time: 0, key: '', rejected: { source, reason: `${kind} without a time`, place: {}, original } };
}

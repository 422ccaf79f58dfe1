import type { Event } from '../src/event.ts';
import type { EventSignal, RejectedSignal } from '../src/signal.ts';
import { defineOperator, type Machine } from '../src/kernel/defineOperator.ts';
import { mappingOptions, mappingSteps } from '../src/kernel/template/mapping.ts';
import { rejectSignal } from '../src/kernel/template/rejectSignal.ts';

/**
 * Brings events into shape: source, group, text, time, level and id from the fields named.
 *
 * What cannot be mapped goes on as `rejected` with the reason. An event that needs no change is forwarded as it is.
 *
 * ```text
 * in     a-b-c|
 *        normalize({ groupId: '{source}:{component}' })
 * out    a-b-x|            x = rejected: c has no component
 * ```
 */
export const normalize = defineOperator({
  name: 'normalize',
  summary: 'Maps fields of the records onto source, group, text, time, level and id.',
  options: mappingOptions,
  consume: true,
  stateless: true,
  accepts: ['event'],
  emits: ['event', 'rejected'],
  ports: { rejected: (signal) => signal.kind === 'rejected' },
  // Which groups there are follows from the source and the group alone.
  changes: { source: 'identity', groupId: 'identity', text: 'threshold', timestamp: 'threshold', level: 'threshold', id: 'threshold' },
  machine: (given): Machine<Record<string, never>, EventSignal, EventSignal | RejectedSignal> => {
    const steps = mappingSteps(given);
    return {
      start: () => ({}),
      step(_state, signal, emit) {
        let event: Event = signal.event;
        for (const step of steps) {
          const next = step(event);
          if ('reason' in next) {
            emit(rejectSignal(signal, 'normalize', next.reason, signal.event));
            return;
          }
          event = next;
        }
        emit(event === signal.event ? signal : changed(signal, event));
      },
    };
  },
});

/** The signal of a changed event: its time and, where it was held by its group, its key follow. */
function changed(signal: EventSignal, event: Event): EventSignal {
  const time = event.timestamp === signal.event.timestamp ? signal.time : Date.parse(event.timestamp);
  const key = signal.key === signal.event.group_id ? event.group_id : signal.key;
  return { ...signal, time, key, event };
}

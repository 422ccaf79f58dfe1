import type { Event } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';

/** Canonical events in lines of JSON, as a source gives them. */
export const toSignals = (lines: string): Signal[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const event = JSON.parse(line) as Event;
      return { kind: 'event', time: Date.parse(event.timestamp), key: event.group_id, event };
    });

import { toIso, type Event } from '../event.ts';
import type { EventSignal } from '../signal.ts';

/** An event whose text is `text`, at `time` (milliseconds since 1970); `more` replaces parts of it. Its key is ''. */
export function eventSignal(text: string, time: number, more: Partial<Event> = {}): EventSignal {
  const event = { id: `${text}@${time}`, timestamp: toIso(time), source: 'test', group_id: 'test:a', text, metadata: {}, ...more };
  return { kind: 'event', time, key: '', event };
}

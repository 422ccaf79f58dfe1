import { z } from 'zod';
import { toIso } from '../../src/event.ts';
import type { EventSignal } from '../../src/signal.ts';
import { defineSource, sourceOptions } from '../../src/sources/source.ts';

const shapes: ((n: number) => string)[] = [
  (n) => `request r${n}x from 10.${n % 200}.${n % 31}.${n % 250} took ${n % 900} ms`,
  (n) => `job ${n} done in ${n % 77} s, ${n % 12} rows written to /var/data/part-${n % 512}`,
  (n) => `user u${n % 5000} signed in from 172.16.${n % 16}.${n % 255}`,
  (n) => `cache miss for key session:${(n * 7919) >>> 0}`,
];
const began = Date.UTC(2026, 2, 14);

function eventAt(n: number, groups: number, perSecond: number): EventSignal {
  const time = began + Math.floor((n * 1000) / perSecond);
  const group = `bench:${n % groups}`;
  return {
    kind: 'event',
    time,
    key: '',
    event: {
      id: `b${n.toString(36).padStart(9, '0')}`,
      timestamp: toIso(time),
      source: 'bench',
      group_id: group,
      text: shapes[(n * 31) % shapes.length]!(n),
      metadata: { level: 'INFO' },
    },
  };
}

/** Events without end, or so many of them, made as they are asked for: as fast as any source can be. */
export const eventSource = defineSource({
  name: 'made',
  summary: 'Makes events.',
  options: z.strictObject({
    events: z.number().default(Number.MAX_SAFE_INTEGER),
    groups: z.int().default(5),
    perSecond: z.number().default(400),
    ...sourceOptions,
  }),
  open: ({ events, groups, perSecond }, { from, signal }) => ({
    batches: (async function* () {
      for (let n = Number(from ?? 0); n < events && !signal.aborted;) {
        const many = Math.min(1024, events - n);
        const records = Array.from({ length: many }, (_, i) => eventAt(n + i, groups, perSecond));
        n += many;
        yield { records, position: n };
      }
    })(),
    close: async () => {},
  }),
});

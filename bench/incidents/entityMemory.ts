import { entities } from '../../operators/entities.ts';
import { EntityMemory } from '../../src/findings/entities/entityMemory.ts';
import type { EventSignal } from '../../src/signal.ts';

/**
 * What a memory of entities costs: lines in which a million entities are seen, most of them once, ten thousand of them again
 * and again.
 *
 *   npm run bench:entities -- [many] [--json]      how many are seen; 1,000,000 by default
 */
const argument = process.argv.slice(2).find((one) => !one.startsWith('--'));
const seen = argument === undefined ? 1_000_000 : Number(argument);
if (!Number.isInteger(seen) || seen < 1000) throw new Error('usage: npm run bench:entities -- [how many, at least 1000] [--json]');
if (!globalThis.gc) throw new Error('needs --expose-gc, as npm run bench:entities has it');

const RETURNING = 10_000;
const start = Date.UTC(2026, 2, 14);
/** Forty patterns of four services; each line has a new request, one of the volumes that return, and its host. */
const line = (i: number): EventSignal => ({
  kind: 'event',
  time: start + i * 10,
  key: `service-${i % 4}`,
  template_id: `template-${i % 40}`,
  event: {
    id: `e${i}`,
    timestamp: new Date(start + i * 10).toISOString(),
    source: 'made',
    group_id: `service-${i % 4}`,
    text: `handled request req-${i.toString(36)}x1 on volume /vol/${(i * 7919) % RETURNING} in ${i % 300} ms`,
    metadata: { host: `web-${i % 50}` },
  },
});

const heap = (): number => {
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
};

const { maxEntities } = entities.spec.options.parse({}) as { maxEntities: number };
const memory = new EntityMemory(maxEntities);
const before = heap();
let most = 0;
const from = process.cpuUsage();
for (let i = 0; i < seen; i++) {
  memory.add(line(i));
  if (i % (seen / 10) === 0) most = Math.max(most, heap() - before);
}
const { user, system } = process.cpuUsage(from);
most = Math.max(most, heap() - before);
const began = performance.now();
const saved = JSON.stringify(memory.save());
const took = performance.now() - began;
const result = {
  seen: seen + RETURNING + 50,
  held: memory.table.size,
  heap_mib: Math.round((10 * most) / 2 ** 20) / 10,
  checkpoint_mib: Math.round((10 * saved.length) / 2 ** 20) / 10,
  checkpoint_ms: Math.round(took),
  /** Of processor time, with making the line. */
  us_a_line: Math.round((10 * (user + system)) / seen) / 10,
};
console.log(
  process.argv.includes('--json')
    ? JSON.stringify(result)
    : `${result.seen} entities seen, ${result.held} held: ${result.heap_mib} MiB at most, checkpoint ${result.checkpoint_mib} MiB in ${result.checkpoint_ms} ms, ${result.us_a_line} us a line`,
);

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const components = ['api', 'worker', 'db', 'auth', 'mail'];
const shapes: ((n: number) => string)[] = [
  (n) => `request ${hex(n)} from 10.${n % 200}.${n % 31}.${n % 250} took ${n % 900} ms`,
  (n) => `job ${n} done in ${n % 77} s, ${n % 12} rows written to /var/data/part-${n % 512}`,
  (n) => `connection to db-${n % 8}.internal:5432 opened, pool size ${n % 40}`,
  (n) => `user u${n % 5000} signed in from 172.16.${n % 16}.${n % 255}`,
  (n) => `cache miss for key session:${hex(n * 7)}`,
  (n) => `mail ${hex(n * 3)} queued for delivery, ${n % 9} attempts left`,
];
const began = Date.UTC(2026, 2, 14);
const hex = (n: number) => ((n * 2654435761) >>> 0).toString(16).padStart(8, '0');

/** A canonical event as a line of NDJSON: five groups, six templates and a rare error, ten events a tick of 25 ms. */
export function eventLine(n: number): string {
  const component = components[n % components.length]!;
  const text = n % 50_021 === 50_020 ? `disk failure on volume /data/${n % 4}` : shapes[(n * 31) % shapes.length]!(n);
  return JSON.stringify({
    id: `bench-${n.toString(36).padStart(8, '0')}`,
    timestamp: new Date(began + Math.floor(n / 10) * 25).toISOString(),
    source: 'bench',
    group_id: `bench:${component}`,
    text,
    metadata: { level: text.startsWith('disk') ? 'ERROR' : 'INFO', component },
  });
}

/** Writes so many of them. */
export async function makeEvents(path: string, count: number): Promise<void> {
  const out = createWriteStream(path);
  for (let n = 0; n < count; n += 5000) {
    const lines = Array.from({ length: Math.min(5000, count - n) }, (_, i) => eventLine(n + i));
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { seeded } from './seeded.ts';

/** What is new with every line: nothing, its text, or its group and its text. */
export type FloodKind = 'usual' | 'templates' | 'groups';

export const floodStart = Date.parse('2026-03-14T00:00:00Z');

/** Writes events, fifty a second, one of ten an error, as NDJSON. */
export async function writeFlood(path: string, kind: FloodKind, events: number, perSecond = 50): Promise<void> {
  const random = seeded(7);
  const word = () => Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  const known = Array.from({ length: 50 }, () => words(5));
  const file = createWriteStream(path);
  for (let i = 0; i < events; i += 1) {
    const line = JSON.stringify({
      timestamp: new Date(floodStart + (i * 1000) / perSecond).toISOString(),
      level: i % 10 === 0 ? 'ERROR' : 'INFO',
      group_id: kind === 'groups' ? `g:${word()}${i}` : `g:${i % 50}`,
      text: kind === 'usual' ? `${known[(i * 7) % 50]!} ${i % 997}` : words(6),
    });
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

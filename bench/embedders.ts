/**
 * What an embedder costs a stream: the same lines through file -> group_by -> memory -> rank with the lexical embedder, with
 * one behind HTTP that has to make every vector, and with the same one once its vectors are cached.
 * `npm run bench:embedders -- [lines] [templates] [sentences a second] [rounds]`; prints ratios, medians of three.
 * The endpoint is a local server that takes as long as a model of that speed would.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const [lines = 1_000_000, templates = 300, speed = 200, rounds = 3] = process.argv.slice(2).map(Number);
const dimension = 384;
const folder = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
const input = join(folder, 'in.ndjson');
const worker = new URL('./support/embeddersWorker.ts', import.meta.url).pathname;

/** A word of its own for every number: three syllables. */
const word = (n: number) => [n, n >> 4, n >> 8].map((part) => `${'bdfgklmnprstvwxz'[part & 15]!}${'aeiou'[(part * 7 + n) % 5]!}`).join('');

async function writeLines(): Promise<void> {
  const out = createWriteStream(input);
  const began = Date.UTC(2026, 2, 14);
  for (let from = 0; from < lines; from += 5000) {
    let text = '';
    for (let n = from; n < Math.min(lines, from + 5000); n += 1) {
      const t = (n * 7919) % templates;
      const said = `${word(t * 3 + 1)} ${word(t * 3 + 2)} of ${word(t * 3 + 3)} took ${n % 900} ms`;
      text += `${JSON.stringify({ id: `e${n}`, timestamp: new Date(began + n * 3).toISOString(), source: 'bench', group_id: `bench:${t % 5}`, text: said, metadata: {} })}\n`;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Numbers that depend on the text only, none like another. */
function makeVector(text: string): number[] {
  let hash = [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  return Array.from({ length: dimension }, () => {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 31 - 1;
  });
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { input: texts } = JSON.parse(body) as { input: string[] };
  await wait((texts.length / speed) * 1000);
  const data = texts.map((text, index) => ({ index, embedding: makeVector(text) }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

interface Measure {
  seconds: number;
  cpu: number;
  patterns: number;
  counters: { embedded: number; cached: number; fallbacks: number } | null;
}

async function measure(embedder: string, cache: string): Promise<Measure> {
  const env = { ...process.env, CADUCUS_CACHE_DIR: join(folder, cache) };
  const child = spawn(process.execPath, ['--import=tsx', worker, input, folder, embedder], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  if (text === '') throw new Error(`the run with ${embedder} failed`);
  return JSON.parse(text.trim().split('\n').at(-1)!) as Measure;
}

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

try {
  await writeLines();
  const http = `{ http: { url: "${url}", model: bench, dimension: ${dimension} } }`;
  const runs = { lexical: [] as Measure[], cold: [] as Measure[], cached: [] as Measure[] };
  for (let round = 0; round < rounds; round += 1) {
    runs.lexical.push(await measure('lexical', 'none'));
    runs.cold.push(await measure(http, `cache-${round}`));
    runs.cached.push(await measure(http, `cache-${round}`));
  }
  console.log(
    `${lines.toLocaleString('en-US')} lines, ${templates} templates, a model of ${speed} sentences a second; medians of ${rounds}`,
  );
  for (const [name, measures] of Object.entries(runs)) {
    const ratio = median(measures.map(({ seconds }, i) => runs.lexical[i]!.seconds / seconds));
    const onCpu = median(measures.map(({ cpu }, i) => runs.lexical[i]!.cpu / cpu));
    const { patterns, counters } = measures[0]!;
    const told = counters ? `   ${counters.embedded} embedded, ${counters.cached} cached, ${counters.fallbacks} stood in` : '';
    console.log(
      `${name.padEnd(8)} ${median(measures.map((m) => m.seconds))
        .toFixed(1)
        .padStart(6)} s   ${ratio.toFixed(2)} of lexical's pace   ${onCpu.toFixed(2)} by processor time   ${patterns} patterns${told}`,
    );
  }
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

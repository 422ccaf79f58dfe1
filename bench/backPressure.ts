/**
 * Resident memory with a sink that takes a hundred times as long as the source, beside the same run with a fast one:
 * `node --import=tsx bench/backPressure.ts compare [seconds]`. Each runs in a process of its own. Exits 1 when the slow one needs
 * more than 50 MiB more.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineSink } from '../src/sinks/sink.ts';
import { measuredRun } from './support/measuredRun.ts';

const [what = 'compare', seconds = '20', perSecond = '0'] = process.argv.slice(2);

/** Takes events at a rate, or as fast as they come when it is 0. */
const paced = defineSink({
  name: 'paced',
  summary: 'Takes its time.',
  options: z.strictObject({ rate: z.number(), select: z.array(z.string()).default(['event']) }),
  open: async ({ rate }) => {
    const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
    return {
      counters,
      async write(batch) {
        if (rate > 0) await wait((batch.length / rate) * 1000);
        counters.written += batch.length;
      },
      flush: async () => {},
      close: async () => {},
    };
  },
});

async function one(rate: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'caducus-pressure-'));
  const text = `name: pressure
sources: { in: { made: {} } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
sinks: { slow: { paced: { rate: ${rate} } } }
`;
  const stop = new AbortController();
  let peak = 0;
  const until = performance.now() + Number(seconds) * 1000;
  const progress = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
    if (performance.now() >= until) stop.abort();
  };
  const report = await measuredRun(text, { dataDir: folder, more: { sinks: [paced] }, stop: stop.signal, progress });
  rmSync(folder, { recursive: true, force: true });
  console.log(JSON.stringify({ peak: peak / 2 ** 20, rate: (report.sources[0]!.read / report.took) * 1000 }));
}

function measure(rate: number): { peak: number; rate: number } {
  const child = spawnSync(process.execPath, ['--import=tsx', fileURLToPath(import.meta.url), 'one', seconds, String(rate)], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as { peak: number; rate: number };
}

if (what === 'one') await one(Number(perSecond));
else {
  const fast = measure(0);
  const slow = measure(fast.rate / 100);
  console.log(`fast sink  ${Math.round(fast.rate)} events/s, peak ${fast.peak.toFixed(0)} MiB`);
  console.log(
    `slow sink  ${Math.round(slow.rate)} events/s, peak ${slow.peak.toFixed(0)} MiB, ${(slow.peak - fast.peak).toFixed(0)} MiB more`,
  );
  if (slow.peak > fast.peak + 50) process.exitCode = 1;
}

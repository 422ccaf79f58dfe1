import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { lastValueFrom, toArray } from 'rxjs';
import { run } from '../src/run/entry.ts';
import type { Radar, RadarSignal } from '../src/signal.ts';
import { LackingData, sayWhatLacks } from './support/data/lackingData.ts';

/**
 * How much of what stands out on a radar is about its own window, over a folder of real logs.
 *
 *   npm run eval:now -- FOLDER [--windows 1m,5m,1h]
 *
 * FOLDER holds structured logs as Loghub has them (`*_structured.csv`); their lines are put together again and read as any
 * file is. Each log is run from end to end once a length of window. Printed is, of the rows with a score of 50 or more on all
 * radars, the share that is about the window of the radar and not below, under `earlier`.
 */
const SALIENT = 50;
const notText = new Set(['LineId', 'EventId', 'EventTemplate']);

/** The log as it was before it was taken apart, as near as its columns allow. */
function writeLines(path: string, to: string): void {
  const [header, ...rows] = parse(readFileSync(path, 'utf8')) as string[][];
  const shown = header!.map((name) => !notText.has(name));
  writeFileSync(to, rows.map((row) => row.filter((_, i) => shown[i]).join(' ')).join('\n') + '\n');
}

async function radarsOf(log: string, window: string, folder: string): Promise<Radar[]> {
  const pipeline = join(folder, 'now.yaml');
  writeFileSync(
    pipeline,
    `name: now
sources:
  log: { file: { path: ${JSON.stringify(log)} } }
operators:
  - group_by: { key: group_id }
  - memory: { window: ${window} }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: ${JSON.stringify(join(folder, 'out.ndjson'))}, select: [radar] } }
`,
  );
  const signals = await lastValueFrom(run(pipeline, { dataDir: mkdtempSync(join(folder, 'data-')) }).pipe(toArray()));
  return signals.filter((signal): signal is RadarSignal => signal.kind === 'radar' && !signal.radar.open).map(({ radar }) => radar);
}

const salient = (rows: readonly { score: number }[]): number => rows.filter(({ score }) => score >= SALIENT).length;

async function main(): Promise<void> {
  const [, , source] = process.argv;
  if (source === undefined) {
    console.error('usage: npm run eval:now -- FOLDER [--windows 1m,5m,1h]');
    process.exitCode = 64;
    return;
  }
  const flag = process.argv.indexOf('--windows');
  const windows = (flag < 0 ? '1m,5m,1h' : process.argv[flag + 1]!).split(',');
  const files = readdirSync(source).filter((name) => name.endsWith('_structured.csv'));
  if (files.length === 0) throw new LackingData(`${source} holds no *_structured.csv`);
  const folder = mkdtempSync(join(tmpdir(), 'caducus-now-'));
  console.log(`rows of ${SALIENT} or more: about their window / under earlier${' '.repeat(8)}share`);
  for (const window of windows) {
    let [now, earlier] = [0, 0];
    for (const name of files) {
      const log = join(folder, name.replace(/_2k.*|_structured.csv$/, '.log'));
      writeLines(join(source, name), log);
      const radars = await radarsOf(log, window, folder);
      const [mine, before] = [
        radars.reduce((sum, { blips }) => sum + salient(blips), 0),
        radars.reduce((sum, one) => sum + salient(one.earlier ?? []), 0),
      ];
      now += mine;
      earlier += before;
      console.log(
        `${window.padEnd(4)}${name.slice(0, 30).padEnd(32)}${String(mine).padStart(7)} / ${String(before).padEnd(9)}${(mine / Math.max(1, mine + before)).toFixed(2)}`,
      );
    }
    console.log(
      `${window.padEnd(4)}${'all'.padEnd(32)}${String(now).padStart(7)} / ${String(earlier).padEnd(9)}${(now / Math.max(1, now + earlier)).toFixed(2)}`,
    );
  }
  rmSync(folder, { recursive: true });
}

sayWhatLacks();
await main();

/**
 * Where the time goes: every format, redaction, the scanner, the memory by what comes, every operator, the sinks, the
 * commands over a store, and whole runs, each beside a plain loop that parses JSON, in one run. Build first.
 *
 *     npm run bench -- [events] [--rounds 3] [--records 20000] [--json] [--docs] [--save]
 *
 * `events` are those of the whole runs. `--docs` writes the figures of docs/benchmarks.md, `--save` keeps all of them under the
 * version's name in bench/results: once a release.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { groups } from './suite/groups.ts';
import { renderBenchmarks, type Benchmarks } from './suite/renderBenchmarks.ts';
import { endToEnd } from './suite/endToEnd.ts';
import { storeCommands } from './suite/storeCommands.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    records: { type: 'string', default: '20000' },
    json: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
});
const worker = new URL('./suite/caseWorker.ts', import.meta.url).pathname;
const events = Number(positionals[0] ?? 1_000_000);
const rounds = Number(values.rounds);

function measureGroup(group: string): Benchmarks['groups'][number] {
  const args = ['--import=tsx', worker, group, values.records, String(rounds + 2)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (status !== 0) throw new Error(`${group}: ${stderr}`);
  return { heading: groups[group]!.heading, rows: JSON.parse(stdout) as Benchmarks['groups'][number]['rows'] };
}

const measured: Benchmarks = {
  node: process.version,
  machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
  events,
  rounds,
  whole: await endToEnd(events, rounds),
  store: await storeCommands(events, rounds),
  groups: Object.keys(groups).map(measureGroup),
};
const text = renderBenchmarks(measured);
const page = new URL('../docs/benchmarks.md', import.meta.url);
const part = /(<!-- suite -->\n)[^]*?(\n<!-- \/suite -->)/;
if (values.docs)
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(part, (_, open: string, close: string) => `${open}${text.trim()}${close}`),
  );
if (values.save) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  const results = new URL('results/', import.meta.url);
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL(`${version}.json`, results), `${JSON.stringify(measured, null, 2)}\n`);
}
console.log(values.json ? JSON.stringify(measured) : text);

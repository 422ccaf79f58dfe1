/**
 * Runs at full speed for some minutes, with checkpoints, a store that removes what is old, a log that is followed while it is
 * rotated all the time, and a pager that comes and goes, and watches its memory and its open files: `npm run soak -- [minutes]`. Prints the slope of the resident memory over the second half, by least
 * squares. Exits 1 when it grows by more than 5 MiB a minute, or when there is no moment in the last tenth at which as few
 * files are open as there were at some moment of the first half: what is opened for a while is closed again, a leak is not.
 * Or when a line of the log is lost.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EveningLog } from './support/evening/eveningLog.ts';
import { eveningPager } from './support/evening/eveningPager.ts';
import { measuredRun } from './support/measuredRun.ts';
import { seeded } from './support/seeded.ts';

const minutes = Number(process.argv[2] ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'caducus-soak-'));
const pager = await eveningPager(seeded(1));
const log = new EveningLog(join(folder, 'app.log'));
const text = `name: soak
checkpoint: { every: 5s }
sources:
  in: { made: { groups: 50 } }
  app: { file: { path: "${log.path}", follow: true } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 8 }
  - rules: [{ name: moves, when: { state: [new, rising, falling, gone] }, severity: critical }]
sinks:
  out: { ndjson: { path: "\${config.data_dir}/out.ndjson", select: [radar] } }
  store: { segments: { retention: { max_bytes: 200MiB } } }
  pager: { webhook: { format: json, url: "${pager.url}/soak" } }
`;

interface Sample {
  /** Minutes since the beginning. */
  at: number;
  /** MiB. */
  rss: number;
  files: number;
}

/** Growth in MiB a minute. */
function slope(samples: readonly Sample[]): number {
  const mean = (pick: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const at = mean((s) => s.at);
  const rss = mean((s) => s.rss);
  const spread = samples.reduce((sum, s) => sum + (s.at - at) ** 2, 0);
  return samples.reduce((sum, s) => sum + (s.at - at) * (s.rss - rss), 0) / spread;
}

const samples: Sample[] = [];
const began = performance.now();
const stop = new AbortController();
const sample = () => {
  const at = (performance.now() - began) / 60_000;
  // On systems without /proc the descriptors are not counted.
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  if (samples.length === 0 || at - samples.at(-1)!.at >= 1 / 60) samples.push({ at, rss: process.memoryUsage.rss() / 2 ** 20, files });
  // Every half minute the pager goes away or comes back, and something goes wrong.
  const turn = Math.floor(at * 2);
  if (turn !== turns) {
    turns = turn;
    pager.away(turn % 2 === 1);
    log.goWrong();
  }
  if (at >= minutes) stop.abort();
};
let turns = 0;
/** The last seconds are for reading what was written. */
const writing = setInterval(() => {
  if ((performance.now() - began) / 60_000 < minutes - 10 / 60) log.write(4);
}, 100);
log.write(4);

try {
  const report = await measuredRun(text, { dataDir: folder, stop: stop.signal, progress: sample });
  const half = samples.slice(samples.length >> 1);
  const growth = slope(half);
  const tenths = Array.from({ length: 10 }, (_, i) =>
    samples.slice(Math.floor((i * samples.length) / 10), Math.floor(((i + 1) * samples.length) / 10)),
  );
  const least = tenths.map((tenth) => Math.min(...tenth.map(({ files }) => files)));
  const most = tenths.map((tenth) => Math.max(...tenth.map(({ files }) => files)));
  console.log(
    `${report.sources[0]!.read} events in ${minutes} min, ${Math.round((report.sources[0]!.read / report.took) * 1000)} events/s`,
  );
  console.log(`resident memory, MiB, at each tenth: ${tenths.map((tenth) => Math.round(tenth.at(-1)!.rss)).join(' ')}`);
  console.log(`slope over the second half ${growth.toFixed(2)} MiB a minute`);
  console.log(`open files, the fewest and the most in each tenth: ${least.map((few, i) => `${few}-${most[i]!}`).join(' ')}`);
  const app = report.sources.find(({ id }) => id === 'app')!;
  // The last record may still grow.
  const lost = log.written - app.accepted - 1;
  console.log(
    `${log.written} lines in ${log.rotations + 1} files of a log, ${Math.max(0, lost)} lost; ${pager.told('/soak').messages} messages; findings ${report.findings}`,
  );
  if (lost > 0) process.exitCode = 1;
  if (growth > 5 || least[9]! > Math.max(...most.slice(0, 5))) process.exitCode = 1;
} finally {
  clearInterval(writing);
  await pager.close();
  rmSync(folder, { recursive: true, force: true });
}

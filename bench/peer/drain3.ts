/**
 * The whole radar of raw HDFS lines beside Drain3 (https://github.com/logpai/Drain3), which finds templates alone: lines a
 * second, medians of rounds in turn. Drain3 has its messages in memory and is timed without its start; the radar is a whole
 * process from its start to what it prints, in one thread. Build first.
 *
 *     npm run bench:peer -- [lines] [--python python3] [--rounds 3]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lineKinds } from '../suite/lineKinds.ts';
import { median, timedProgram } from '../support/timedProgram.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' }, rounds: { type: 'string', default: '3' } },
});
const count = Number(positionals[0] ?? 300_000);
const built = fileURLToPath(new URL('../../dist/bin/caducus.js', import.meta.url));
const peer = fileURLToPath(new URL('drain3_templates.py', import.meta.url));

/** Runs Python; null where it, or Drain3, is not there. */
function python(...args: string[]): string | null {
  const { status, stdout, stderr, error } = spawnSync(values.python, args, { encoding: 'utf8' });
  if (error || stderr.includes("No module named 'drain3'")) return null;
  if (status !== 0) throw new Error(`${values.python} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function compare(folder: string): void {
  const log = join(folder, 'hdfs.log');
  writeFileSync(log, Array.from({ length: count }, (_, i) => `${lineKinds['HDFS lines']!.line(i)}\n`).join(''));
  const took: Record<'drain3' | 'radar', number[]> = { drain3: [], radar: [] };
  let templates = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const found = JSON.parse(python(peer, log)!) as { seconds: number; templates: number };
    took.drain3.push(found.seconds);
    templates = found.templates;
    took.radar.push(timedProgram(built, ['radar', log, '--workers', '1', '--data-dir', join(folder, `data-${round}`)], folder).seconds);
  }
  const [theirs, ours] = [count / median(took.drain3), count / median(took.radar)];
  console.log(`Drain3, templates alone     ${Math.round(theirs).toLocaleString('en-US')} lines a second, ${templates} templates`);
  console.log(
    `caducus, the whole radar    ${Math.round(ours).toLocaleString('en-US')} lines a second, ${(ours / theirs).toFixed(2)} times`,
  );
}

if (!existsSync(built)) throw new Error(`${built} is not there: npm run build`);
if (python('-c', 'import drain3') === null) {
  console.error(
    `Drain3 is not there. Get it, and say where:\n  python3 -m venv /tmp/drain3 && /tmp/drain3/bin/pip install drain3==0.9.11\n  npm run bench:peer -- --python /tmp/drain3/bin/python`,
  );
  process.exitCode = 69;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'caducus-peer-'));
  try {
    compare(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

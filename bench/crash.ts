/**
 * Kills a run with SIGKILL at random moments until it comes to its end, and compares its outputs with those of a run that
 * was left alone: `npm run test:crash -- [events] [kills] [seeds]`. Exits 1 when a byte differs, or an event is lost or
 * doubled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash } from './support/crashing.ts';
import { bundledProgram } from './support/program.ts';

const [events = 200_000, kills = 50, seeds = 3] = process.argv.slice(2).map(Number);
const program = await bundledProgram();
const folder = mkdtempSync(join(tmpdir(), 'caducus-crash-'));
try {
  for (let seed = 1; seed <= seeds; seed += 1) {
    // One of the seeds forces every file to disk: slower, and with more moments to be killed in.
    const fsync = seed === 1 ? 'checkpoint' : 'never';
    const place = join(folder, String(seed));
    const outcome = await crash({ program, folder: place, events, every: Math.ceil(events / (kills * 2)), kills, seed, fsync });
    console.log(`seed ${seed} (folder fsync: ${fsync}): ${JSON.stringify(outcome)}`);
    const bad = outcome.lost !== 0 || outcome.duplicated !== 0 || Object.values(outcome.same).includes(false);
    if (bad) process.exitCode = 1;
    rmSync(place, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program);
}

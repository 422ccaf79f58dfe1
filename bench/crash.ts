/**
 * Kills runs with SIGKILL at random moments, again and again: `npm run test:crash -- [kills] [seeds] [events]`. Exits 1 when
 * something is lost, doubled or told otherwise than by a run that was left alone.
 *
 * For each seed an evening: a log that is written and rotated in both ways all the time, followed with records of several
 * lines, rules, episodes, segments, a file an event and a pager; as many at a time as there are processors, since a run that
 * is killed spends most of its time in starting. For three of them, with `events`, a finite file besides,
 * whose outputs have to have the bytes of those of a run that was left alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { crash } from './support/crashing.ts';
import { evening, type EveningProgress } from './support/evening/evening.ts';
import { bundledProgram } from './support/program.ts';

const [kills = 100, seeds = 10, events = 200_000] = process.argv.slice(2).map(Number);
const program = await bundledProgram();
const folder = mkdtempSync(join(tmpdir(), 'caducus-crash-'));
let all = 0;
// What it has started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
try {
  const began = performance.now();
  let next = 0;
  const reporter = (seed: number) => (counts: EveningProgress) => {
    if (counts.kills % Math.max(1, Math.round(kills / 20)) !== 0) return;
    console.log(`${Math.round((performance.now() - began) / 1000)} s: evening, seed ${seed}: ${JSON.stringify(counts)}`);
  };
  const evenings = async () => {
    while (next < seeds) {
      const seed = (next += 1);
      const place = join(folder, `evening-${seed}`);
      const outcome = await evening({ program, folder: place, kills, seed, progress: reporter(seed) });
      console.log(`evening, seed ${seed}: ${JSON.stringify(outcome)}`);
      all += outcome.kills;
      const { lost, doubled, sameEvents, pagerDiffers, contradictions } = outcome;
      if (lost + doubled + pagerDiffers + contradictions > 0 || !sameEvents) process.exitCode = 1;
      rmSync(place, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: Math.min(seeds, availableParallelism()) }, evenings));
  console.log(`${((60_000 * all) / (performance.now() - began)).toFixed(1)} kills a minute of evenings`);
  for (let seed = 1; seed <= Math.min(3, seeds) && events > 0; seed += 1) {
    // One of the seeds forces every file to disk: slower, and with more moments to be killed in.
    const fsync = seed === 1 ? 'checkpoint' : 'never';
    const place = join(folder, `file-${seed}`);
    const outcome = await crash({ program, folder: place, events, every: Math.ceil(events / (kills * 2)), kills, seed, fsync });
    console.log(`file, seed ${seed} (folder fsync: ${fsync}): ${JSON.stringify(outcome)}`);
    all += outcome.kills;
    if (outcome.lost !== 0 || outcome.duplicated !== 0 || Object.values(outcome.same).includes(false)) process.exitCode = 1;
    rmSync(place, { recursive: true });
  }
  console.log(`${all} kills; ${process.exitCode === 1 ? 'something was lost, doubled or told otherwise' : 'nothing was lost or doubled'}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(program);
}

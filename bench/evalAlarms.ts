import { from, type OperatorFunction } from 'rxjs';
import { compile } from '../src/run/entry.ts';
import type { Signal } from '../src/signal.ts';
import { burstAt, constantError, quietFleet } from './support/incidents/quietSignals.ts';

/**
 * Counts what a shipped pipeline opens where nothing happens, and whether it still sees a burst.
 *
 *   npm run eval:alarms -- [--pipeline NAME] [--seeds N] [--days N]      ops-radar, 100 seeds, 28 days of a fleet by default
 *
 * One error line comes 2.4 times an hour for fourteen days, by Poisson or at fixed spacing, and at the end ten times in a
 * minute; and a fleet of twenty services goes about its day. Printed are openings of findings: the median and the most over
 * the seeds, whether the burst fired in its window, and those of the fleet.
 */
function value(name: string, otherwise: string): string {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1]!;
}

/** Times at which findings opened, by the rules they are of. */
function openings(operator: OperatorFunction<Signal, Signal>, signals: Iterable<Signal>): { rule: string; since: number; title: string }[] {
  const seen = new Map<string, { rule: string; since: number; title: string }>();
  from(signals)
    .pipe(operator)
    .subscribe((signal) => {
      if (signal.kind !== 'finding' || signal.finding.type === 'episode' || seen.has(signal.finding.id)) return;
      // What became of a rollout is reported when it is over: nothing opens.
      if (signal.finding.state !== 'firing') return;
      const { id, rule, title } = signal.finding;
      seen.set(id, { rule, since: signal.time, title });
    });
  return [...seen.values()];
}

async function main(): Promise<void> {
  const pipeline = value('--pipeline', 'ops-radar');
  const seeds = Number(value('--seeds', '100'));
  const days = Number(value('--days', '28'));
  for (const spacing of ['Poisson', 'fixed'] as const) {
    const counts: number[] = [];
    let bursts = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const found = openings(await compile(pipeline), constantError(seed, spacing));
      const before = found.filter(({ since }) => since < burstAt);
      counts.push(before.length);
      if (found.some(({ since }) => since >= burstAt)) bursts += 1;
    }
    counts.sort((a, b) => a - b);
    console.log(
      `2.4 an hour, 14 days, ${spacing.padEnd(8)} median ${counts[counts.length >> 1]}, most ${counts.at(-1)}; burst of 10 seen in ${bursts} of ${seeds}`,
    );
  }
  const fleet = openings(await compile(pipeline), quietFleet(1, days));
  const byRule = new Map<string, number>();
  for (const { rule } of fleet) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const rules = [...byRule].map(([rule, n]) => `${rule} ${n}`).join(', ');
  console.log(`${days} quiet days of a fleet: ${fleet.length} opened${rules === '' ? '' : ` (${rules})`}`);
  if (process.argv.includes('--list')) for (const { rule, since, title } of fleet) console.log(new Date(since).toISOString(), rule, title);
}

await main();

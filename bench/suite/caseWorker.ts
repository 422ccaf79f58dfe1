/** One group of cases in a process of its own, where no other code has shaped what the engine compiled: prints JSON. */
import { Bench } from 'tinybench';
import { lineKinds } from './lineKinds.ts';
import { groups } from './groups.ts';
import { made } from './benchCase.ts';
import { median } from '../support/timedProgram.ts';

const [group, records, rounds] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];

/** Milliseconds of processor time of this process: other work on the machine counts little. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const lines = made(records, lineKinds['canonical NDJSON']!.line);
const parse = () => {
  for (const line of lines) JSON.parse(line);
};

/** Milliseconds that a round of each took, in turn, so that a machine that is slow for a while hurts both; warm. */
async function measureRounds(own: () => unknown, plain: () => unknown): Promise<{ own: number; plain: number }[]> {
  const bench = new Bench({ now: processorTime, time: 0, iterations: 1, warmup: false, throws: true }).add('own', own).add('plain', plain);
  const found: { own: number; plain: number }[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const [first, second] = (await bench.run()).map(({ result }) => (result.state === 'completed' ? result.latency.p50 : NaN));
    if (round >= 0) found.push({ own: first!, plain: second! });
    bench.reset();
  }
  return found;
}

const results: { name: string; us: number; parses: number }[] = [];
for (const { name, records: items, prepare } of groups[group]!.cases(records)) {
  const found = await measureRounds(prepare(), parse);
  const us = median(found.map(({ own }) => (own * 1000) / items));
  const parses = median(found.map(({ own, plain }) => own / items / (plain / lines.length)));
  results.push({ name, us: Number(us.toFixed(3)), parses: Number(parses.toFixed(2)) });
}
console.log(JSON.stringify(results));

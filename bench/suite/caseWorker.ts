/** One group of cases in a process of its own, where no other code has shaped what the engine compiled: prints JSON. */
import { lineKinds } from './lineKinds.ts';
import { groups } from './groups.ts';
import { made } from './benchCase.ts';

const [group, records, rounds] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];

/** Microseconds of processor time an item: other work on the machine counts little. */
async function cost(items: number, work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / items;
}

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

const lines = made(records, lineKinds['canonical NDJSON']!.line);
const parse = () => {
  for (const line of lines) JSON.parse(line);
};

const results: { name: string; us: number; parses: number }[] = [];
for (const { name, records: items, prepare } of groups[group]!.cases(records)) {
  const work = prepare();
  const costs: number[] = [];
  const ratios: number[] = [];
  // The first rounds warm up. In turn with the plain loop, so that a machine that is slow for a while hurts both.
  for (let round = -2; round < rounds; round += 1) {
    const plain = await cost(lines.length, parse);
    const own = await cost(items, work);
    if (round < 0) continue;
    costs.push(own);
    ratios.push(own / plain);
  }
  results.push({ name, us: Number(median(costs).toFixed(3)), parses: Number(median(ratios).toFixed(2)) });
}
console.log(JSON.stringify(results));

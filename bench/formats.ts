/**
 * What a record of each format costs, from bytes to drafts, beside a plain loop that parses JSON; with another checkout, what
 * it cost there, in turn in the same process.
 *
 *     node --import=tsx bench/formats.ts [--records 20000] [--rounds 7] [--only HDFS] [--against ../before]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createParser } from '../src/formats/index.ts';
import { made } from './suite/benchCase.ts';
import { lineKinds } from './suite/lineKinds.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    against: { type: 'string' },
  },
});
const [records, rounds] = [Number(values.records), Number(values.rounds)];
/** Bytes that a parser is given at once, as a file is read. */
const piece = 1 << 16;

type Create = typeof createParser;
const other =
  values.against === undefined ? null : ((await import(resolve(values.against, 'src/formats/index.ts'))) as { createParser: Create });

function read(create: Create, format: 'lines' | 'ndjson' | 'csv' | 'journald', bytes: Uint8Array): void {
  const parser = create(format, { reference: 0 }, null);
  for (let at = 0; at < bytes.length; at += piece) parser.push(bytes.subarray(at, at + piece));
  parser.end();
}

/** Microseconds of processor time of some work: other work on the machine counts little. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

console.log(`${'format'.padEnd(34)} us a record  JSON parses${other ? '   of before' : ''}`);
for (const [name, { format, line }] of Object.entries(lineKinds).filter(([kind]) => kind.includes(values.only))) {
  const bytes = new TextEncoder().encode(`${made(records, line).join('\n')}\n`);
  const plain = made(records, lineKinds['canonical NDJSON']!.line);
  const [own, parses, ratios]: number[][] = [[], [], []];
  for (let round = -3; round < rounds; round += 1) {
    const here = cost(() => read(createParser, format, bytes));
    const there = other ? cost(() => read(other.createParser, format, bytes)) : Number.NaN;
    const loop = cost(() => plain.forEach((text) => JSON.parse(text) as unknown));
    if (round < 0) continue;
    own!.push(here / records);
    parses!.push(here / loop);
    ratios!.push(here / there);
  }
  const before = other ? median(ratios!).toFixed(2).padStart(12) : '';
  console.log(`${name.padEnd(34)} ${median(own!).toFixed(2).padStart(11)}  ${median(parses!).toFixed(2).padStart(11)}${before}`);
}

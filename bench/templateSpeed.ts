import { TemplateIndex } from '../src/memory/templates/templateIndex.ts';

/**
 * What a line costs the template engine, beside a bare `JSON.parse` of the same event: CPU time, least of several rounds.
 *
 *   node --import=tsx bench/templateSpeed.ts [LINES]     LINES of the endurance run, default 1,000,000
 */
const ROUNDS = 9;
/** Lines a round, whatever their number: short inputs go round more often, so that all are measured warm. */
const LINES = 20_000;

const hdfs = (i: number): string =>
  [
    `Receiving block blk_-${i * 7919}1 src: /10.251.${i % 250}.14:${30000 + (i % 9999)} dest: /10.251.${i % 250}.14:50010`,
    `BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.251.${i % 240}.5:50010 is added to blk_${i * 104729} size 67108864`,
    `PacketResponder ${i % 3} for block blk_${i * 15485863} terminating`,
    `Received block blk_${i * 32452843} of size ${i * 64} from /10.251.${i % 230}.9`,
  ][i % 4]!;

/** Letters in a row that mean nothing; the same for the same number. */
function makeWord(n: number): string {
  let x = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  let word = '';
  for (let k = 0; k < 6; k++, x = Math.imul(x ^ (x >>> 13), 0x85ebca6b) >>> 0) word += String.fromCharCode(97 + (x % 26));
  return word;
}

const words = (i: number): string => Array.from({ length: 48 }, (_, k) => makeWord(i * 48 + k)).join(' ');
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Microseconds of CPU an item. */
function cost(items: number, work: () => void): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / items;
}

const least = (items: number, work: () => void): number => Math.min(...times(ROUNDS * Math.ceil(LINES / items), () => cost(items, work)));

function learnAll(index: TemplateIndex, lines: readonly string[]): void {
  lines.forEach((line, i) => index.learn(line, i, 'e'));
}

function learned(lines: readonly string[]): number {
  const index = new TemplateIndex({ group: 'bench' });
  return least(lines.length, () => learnAll(index, lines));
}

function show(name: string, value: number, note = ''): void {
  console.log(`${name.padEnd(34)}${value.toFixed(2).padStart(8)} us  ${note}`);
}

function main(): void {
  const lines = times(LINES, hdfs);
  const events = lines.map((text, i) =>
    JSON.stringify({
      id: `e${i}`,
      timestamp: '2008-11-09T20:36:15.000Z',
      source: 'hdfs',
      group_id: 'hdfs:dfs.DataNode',
      text,
      metadata: { level: 'INFO' },
    }),
  );
  const parse = least(events.length, () => events.forEach((event) => JSON.parse(event)));
  show('JSON.parse of an HDFS event', parse);
  const known = learned(lines);
  show('HDFS message', known, `${(known / parse).toFixed(2)} of JSON.parse`);
  const long = times(1_000, (i) =>
    times(12, (k) => hdfs(i * 4 + (k % 4)))
      .join(' ')
      .slice(0, 1000),
  );
  show('message of 1,000 characters', learned(long));
  const plain = learned(times(2_000, (i) => words(i % 20)));
  show('48 words, known', plain);
  const hostile = times(LINES, words);
  let index = new TemplateIndex({ group: 'hostile' });
  const strange = least(hostile.length, () => learnAll((index = new TemplateIndex({ group: 'hostile' })), hostile));
  show(
    '48 words, every line unique',
    strange,
    `${(strange / plain).toFixed(1)} times; ${index.size} templates, ${index.overflowed} lines overflowed`,
  );
  endure(Number(process.argv[2] ?? 1_000_000));
}

/** Fresh ids and addresses in each line: the last tenth against the first, and the heap. */
function endure(count: number): void {
  const index = new TemplateIndex({ group: 'endure' });
  const tenth = Math.floor(count / 10);
  const run = (part: number) => {
    const us = cost(tenth, () => {
      for (let k = 0; k < tenth; k++) index.learn(hdfs(part * tenth + k), k, 'e');
    });
    return { us, heap: Math.round(process.memoryUsage().heapUsed / 2 ** 20), saved: JSON.stringify(index.save()).length };
  };
  const parts = times(10, run);
  const told = ({ heap, saved }: { heap: number; saved: number }): string =>
    `heap ${heap} MiB before collection, ${saved} characters saved`;
  show(`${count} fresh lines, first tenth`, parts[0]!.us, told(parts[0]!));
  show('last tenth', parts[9]!.us, `${(parts[9]!.us / parts[0]!.us).toFixed(2)} times; ${told(parts[9]!)}, ${index.size} templates`);
}

main();

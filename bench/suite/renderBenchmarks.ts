import type { EndToEnd } from './endToEnd.ts';
import type { StoreCommand } from './storeCommands.ts';

/** One run of the suite. */
export interface Benchmarks {
  node: string;
  machine: string;
  events: number;
  rounds: number;
  whole: readonly EndToEnd[];
  store: readonly StoreCommand[];
  groups: readonly { heading: string; rows: readonly { name: string; us: number; parses: number }[] }[];
}

const thousands = (n: number) => n.toLocaleString('en-US');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** What docs/benchmarks.md says of speed. */
export function renderBenchmarks({ node, machine, events, rounds, whole, store, groups }: Benchmarks): string {
  const runs = table(
    ['', 'events a second', 'ratio', 'ratio of processor time', 'resident memory, MiB'],
    whole.map(({ name, perSecond, ratio, cpuRatio, rssMiB }) => [
      name,
      thousands(perSecond),
      ratio.toFixed(2),
      cpuRatio.toFixed(2),
      rssMiB > 0 ? String(rssMiB) : '',
    ]),
  );
  const commands = table(
    ['', 'command', 'the first time, s', 'once more, s', 'of processor time, s'],
    store.map(({ store: where, command, firstSeconds, seconds, cpuSeconds }) => [
      where,
      `\`${command}\``,
      firstSeconds.toFixed(2),
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
    ]),
  );
  const parts = groups.map(
    ({ heading, rows }) =>
      `## ${heading}\n\n${table(
        ['', 'µs a record', 'times a parse'],
        rows.map(({ name, us, parses }) => [name, us.toFixed(2), parses.toFixed(2)]),
      )}`,
  );
  return `Written by \`npm run bench -- ${events} --docs\`. Node ${node}, ${machine}. Ratios count, not times: each row was measured in turn with a plain loop in the same run.

## Whole runs

${thousands(events)} events, medians of ${rounds} rounds. The ratio is to a plain loop that reads the file, cuts it into lines and calls \`JSON.parse\`: 1 is as fast as that. On a machine that does other things besides, only the ratio of processor time says something.

${runs}

## Commands over a store

${commands}

The parts below are microseconds of processor time, warm, and how many times as long as \`JSON.parse\` of a canonical event of about 200 bytes they take.

${parts.join('\n\n')}
`;
}

import { readFileSync } from 'node:fs';
import { table } from './markdown.ts';

/** The rows of a table of docs/benchmarks.md, by the heading above it. */
function readRows(page: string, heading: string): string[][] {
  const begin = page.indexOf(`\n## ${heading}`);
  if (begin === -1) throw new Error(`docs/benchmarks.md has no heading "${heading}"`);
  const end = page.indexOf('\n#', begin + 1);
  return page
    .slice(begin, end === -1 ? undefined : end)
    .split('\n')
    .filter((line) => /^\| .*\d/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const headings = { operator: 'Operators', source: 'Sources', sink: 'Sinks' } as const;

/**
 * What docs/benchmarks.md says of a component, as a table; empty where it was not measured. An operator that stands behind
 * others was measured with them: the row of those alone stands above its own.
 */
export function measuredCost(kind: keyof typeof headings, name: string): string {
  const all = readRows(readFileSync('docs/benchmarks.md', 'utf8'), headings[kind]);
  const own = all.filter(([what]) => what!.split(', ').at(kind === 'operator' ? -1 : 0) === name);
  const before = own.some(([what]) => what!.startsWith('groupBy, memory, ')) ? all.filter(([what]) => what === 'memory') : [];
  return own.length === 0 ? '' : table(['', 'µs a record', 'times a parse'], [...before, ...own]);
}

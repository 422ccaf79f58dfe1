/**
 * The house in figures: lines and files of each room of the product, and what is longest.
 * `node --import=tsx scripts/house.ts` prints them; test/house.test.ts holds the rules.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is shipped, and counted as product. */
export const product = ['src', 'operators', 'config'] as const;
const beside = ['test', 'bench', 'scripts', 'examples'] as const;

export interface CodeFile {
  path: string;
  folder: string;
  text: string;
  lines: number;
}

/** Every file of code below a root, but those that are wrong on purpose. */
export function readHouse(root: string): CodeFile[] {
  // Of a package no more than its code: what is installed in it may link to where it lies.
  const packages = readdirSync(join(root, 'packages')).flatMap((name) => [join('packages', name, 'src'), join('packages', name, 'test')]);
  return [...product, ...beside, ...packages].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => join(top, name))
      .filter((path) => /\.(?:ts|mjs)$/.test(path) && !path.startsWith(join('test', 'fixtures', '/')))
      .map((path) => {
        const text = readFileSync(join(root, path), 'utf8');
        return { path, folder: dirname(path), text, lines: text.split('\n').length - 1 };
      }),
  );
}

/** Files by a name of each, in the order of the names. */
export function groupFiles(files: readonly CodeFile[], name: (file: CodeFile) => string): [string, CodeFile[]][] {
  const groups = new Map<string, CodeFile[]>();
  for (const file of files) groups.set(name(file), [...(groups.get(name(file)) ?? []), file]);
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

function print(): void {
  const files = readHouse('.').filter(({ path }) => product.some((top) => path.startsWith(`${top}/`)));
  const nameRoom = ({ path }: CodeFile) =>
    path
      .split('/')
      .slice(0, path.startsWith('src/') ? 2 : 1)
      .join('/');
  const row = (name: string, held: readonly CodeFile[]) => {
    const lines = held.map((file) => file.lines);
    const sum = lines.reduce((all, some) => all + some, 0);
    console.log(
      `${name.padEnd(20)} ${String(held.length).padStart(5)} files ${String(sum).padStart(7)} lines  median ${median(lines)}, longest ${Math.max(...lines)}`,
    );
  };
  for (const [room, held] of groupFiles(files, nameRoom)) row(room, held);
  row('product', files);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) print();

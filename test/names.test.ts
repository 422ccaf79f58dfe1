import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { product, readHouse, type CodeFile } from '../scripts/house.ts';

/** A file carries decisions when it is longer than this and has so many branches. */
const decides = { lines: 40, branches: 3 };

/**
 * Parts that are tested together and not one by one, by folder or file: where, and why. An entry that is needed no more
 * fails; so does one whose test does not reach its files.
 */
const together: Record<string, { test: string; why: string }> = {
  'src/cli': { test: 'test/cli/program.test.ts', why: 'a command is a line that is typed, and what it prints' },
  'src/cli/collect': { test: 'test/cli/commands/collect.test.ts', why: 'collectors run side by side into one store' },
  'src/cli/context': { test: 'test/cli/context/compareQuery.test.ts', why: 'a context is one page' },
  'src/run': { test: 'test/run/run.test.ts', why: 'a run as a whole' },
  'src/run/checkpoint': { test: 'test/run/checkpoint/checkpoints.test.ts', why: 'checkpoints are taken, damaged and restored' },
  'src/run/intake': { test: 'test/run/live.test.ts', why: 'several sources, by the clock' },
  'src/run/stage': { test: 'test/run/run.test.ts', why: 'arrivals in, signals out' },
  'src/run/vectors': { test: 'test/run/vectors/vectors.test.ts', why: 'what an operator wants and gets' },
  'src/run/runTest.ts': { test: 'test/pipeline/tests/pipelineTests.test.ts', why: 'a test of a file, and how its failure is drawn' },
  'src/run/modes': { test: 'test/run/openRun.test.ts', why: 'a mode is seen in what a run keeps and leaves' },
};

/** Files that are tested together: the list above may cover fewer, never more. */
const mostTogether = 20;

const comments = /\/\*[^]*?\*\/|\/\/[^\n]*/g;
/** Words of a description are no branches. */
const strings = /'(?:[^'\\\n]|\\.)*'/g;
const branch = /\bif\b|\bswitch\b|\bfor\b|\bwhile\b|&&|\|\||\?\?|\? [^:]+:/g;
const imported = /(?:from|import\(|new URL\()\s*'(\.{1,2}\/[^']+)'/g;

const files = readHouse('.');
const byPath = new Map(files.map((file) => [file.path, file]));
const deciding = files.filter(
  ({ path, lines, text }) =>
    product.some((folder) => path.startsWith(`${folder}/`)) &&
    lines > decides.lines &&
    (text.replace(comments, '').replace(strings, "''").match(branch)?.length ?? 0) >= decides.branches,
);

const testPath = (path: string) => join('test', path.replace(/^src\//, '').replace(/\.ts$/, '.test.ts'));

/** The test of a file's own name, or of the whole that its folder is named after: `src/sources/http.ts` for `http/auth.ts`. */
function ownTest(path: string): string | null {
  if (existsSync(testPath(path))) return testPath(path);
  for (let folder = dirname(path); folder.includes('/'); folder = dirname(folder))
    if (byPath.has(`${folder}.ts`) && existsSync(testPath(`${folder}.ts`))) return testPath(`${folder}.ts`);
  return null;
}

/** What each file that was looked at imports: most are reached from many tests. */
const importsByPath = new Map<string, readonly string[]>();
function findImports(path: string): readonly string[] {
  const known = importsByPath.get(path);
  if (known) return known;
  const { text } = byPath.get(path) as CodeFile;
  const found = [...text.matchAll(imported)].map(([, to]) => normalize(join(dirname(path), to!))).filter((target) => byPath.has(target));
  importsByPath.set(path, found);
  return found;
}

/** Every file that a file imports, and what those import. */
function reachedFrom(start: string): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const path of seen) for (const target of findImports(path)) seen.add(target);
  return seen;
}

/** The entry that covers a file: its own, or that of the nearest folder above it. */
function entryOf(path: string): string | undefined {
  for (let at = path; at !== '.'; at = dirname(at)) if (Object.hasOwn(together, at)) return at;
  return undefined;
}

describe('a file that carries decisions', () => {
  const without = deciding.map(({ path }) => path).filter((path) => ownTest(path) === null);

  it('has a test of its name, or is tested together with others for a reason', () => {
    expect(without.filter((path) => entryOf(path) === undefined)).to.deep.equal([]);
    expect(without.length).to.be.at.most(mostTogether);
  });

  it('is reached by the test that stands for it', () => {
    const reached = new Map<string, ReadonlySet<string>>();
    const missed = deciding.flatMap(({ path }) => {
      const entry = entryOf(path);
      const test = ownTest(path) ?? (entry === undefined ? null : together[entry]!.test);
      if (test === null) return [];
      if (!byPath.has(test)) return [`${test} is not there`];
      const known = reached.get(test) ?? reachedFrom(test);
      reached.set(test, known);
      return known.has(path) ? [] : [`${path} by ${test}`];
    });
    expect(missed).to.deep.equal([]);
  });

  it('leaves the list when it has a test of its own', () => {
    const needed = new Set(without.map(entryOf));
    expect(Object.keys(together).filter((entry) => !needed.has(entry))).to.deep.equal([]);
  });
});

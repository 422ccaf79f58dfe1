import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';

const page = readFileSync('docs/architecture.md', 'utf8');

interface Rule {
  name: string;
  from: { path?: string };
  to: { path?: string | string[] };
}
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: Rule[] };

/** The rooms as lint has them, left to right: each rule says which rooms lie to the right of its own. */
function lintRooms(): [name: string, path: string][] {
  const ordered = forbidden.filter(({ name }) => name.endsWith('-imports-left-only'));
  const rooms = ordered.map(({ name, from }): [string, string] => [name.replace('-imports-left-only', ''), from.path!]);
  const last = ordered.at(-1)!.to.path as string[];
  return [...rooms, ['cli', last.at(-1)!]];
}

/** The rows of the table of rooms: name, and the paths in its second cell. */
const rows = [...page.matchAll(/^\| (\w+) \| (`[^|]*`) \|/gm)].map(([, name, cell]) => ({
  name: name!,
  paths: [...cell!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
}));

describe('docs/architecture.md', () => {
  it('names the rooms in the order that lint holds', () => {
    expect(rows.map(({ name }) => name)).to.deep.equal(lintRooms().map(([name]) => name));
  });

  for (const [name, pattern] of lintRooms())
    it(`${name}: every path of the row is of the room, and the room has no more of them`, () => {
      const { paths } = rows.find((row) => row.name === name)!;
      const inRoom = new RegExp(pattern);
      for (const path of paths) expect(inRoom.test(path) || inRoom.test(`${path}/x`), path).to.equal(true);
      // Each name in the rule's pattern stands in the row, as the last part of a path.
      const named = new Set(paths.map((path) => path.replace(/\.ts$/, '').split('/').at(-1)));
      const words = pattern.match(/[a-z]{2,}/g)!.filter((word) => !['src', 'ts'].includes(word));
      expect([...named]).to.include.members([...new Set(words)]);
    });

  it('names only files and folders that are there', () => {
    const paths = [...page.matchAll(/`((?:src|operators|config|test|docs|pipelines)[/\w.-]*)`/g)].map(([, path]) => path!);
    expect(paths.length).to.be.at.least(40);
    expect(paths.filter((path) => !existsSync(path))).to.deep.equal([]);
  });

  it('follows one event in ten steps, and says where to add the five things', () => {
    expect([...page.matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n))).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const table = page.slice(page.indexOf('## Where to add something'));
    expect([...table.matchAll(/^\| (an? \w+) \|/gm)].map(([, what]) => what)).to.deep.equal([
      'a source',
      'an operator',
      'a sink',
      'a command',
      'a view',
    ]);
  });
});

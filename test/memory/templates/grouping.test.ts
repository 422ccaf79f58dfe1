import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'chai';
import { groupingScores } from '../../../bench/support/groupingScores.ts';
import { toStatement } from '../../../bench/support/toStatement.ts';
import { shuffled } from '../../../bench/support/shuffled.ts';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';

const folder = new URL('../../../fixtures/grouping/', import.meta.url);

/** Lines in the style of a system with the statement each comes from: `E1<tab>text`. */
const rowsOf = (file: string): [string, string][] =>
  readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((row) => row.split('\t') as [string, string]);

function score(rows: readonly [string, string][]): number {
  const index = new TemplateIndex({ group: 'g' });
  const ids = rows.map(([, text], i) => index.learn(text, i, `e${i}`)!.id);
  return groupingScores(
    rows.map(([event]) => event),
    ids.map((id) => toStatement(index.get(id)!)),
  ).FGA;
}

describe('grouping of lines by statement, few lines each', () => {
  // A few dozen lines hold little evidence: what stays wrong are places that took two or three words.
  const least: Record<string, number> = {
    android: 0.85,
    apache: 1,
    hadoop: 0.95,
    hpc: 0.9,
    mac: 1,
    openstack: 1,
    spark: 1,
    thunderbird: 1,
  };
  for (const file of readdirSync(folder).filter((f) => f.endsWith('.txt'))) {
    const name = file.slice(0, -'.txt'.length);
    it(`finds the statements of ${name}`, () => expect(score(rowsOf(file))).to.be.at.least(least[name]!));
    it(`finds as many of ${name} in another order`, () =>
      expect(score(shuffled(rowsOf(file), 7))).to.be.closeTo(score(rowsOf(file)), 0.03));
  }
});

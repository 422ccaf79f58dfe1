import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parsePairs } from '../../../src/embedders/evaluatePairs.ts';
import { outcomeKey } from '../../../src/memory/text/contentWords.ts';
import { areOpposites } from '../../../src/memory/text/opposites.ts';

const opposite = (a: string, b: string) => areOpposites(outcomeKey(a), outcomeKey(b));

describe('opposites', () => {
  it('are told by texts of which one has an outcome and the other what excludes it', () => {
    expect(opposite('link is up', 'link is down')).to.equal(true);
    expect(opposite('session closed for user', 'session opened for user')).to.equal(true);
    expect(opposite('backup failed', 'backup completed')).to.equal(true);
  });

  it('are not told by different words for one end, by a text without an end, nor by one that tells both', () => {
    expect(opposite('connection refused', 'connection rejected')).to.equal(false);
    expect(opposite('no space left', 'disk full')).to.equal(false);
    expect(opposite('start failed, stopped', 'service stopped')).to.equal(false);
    expect(opposite('disk', 'disk is full')).to.equal(false);
  });

  it('keep apart hard negatives of the pairs, and next to none that mean the same', () => {
    const pairs = parsePairs(readFileSync(new URL('../../../fixtures/pairs.tsv', import.meta.url), 'utf8'));
    const told = pairs.filter(({ a, b }) => opposite(a, b));
    expect(told.filter(({ same }) => same).length).to.be.at.most(1);
    expect(told.filter(({ same }) => !same).length).to.be.at.least(16);
  });
});

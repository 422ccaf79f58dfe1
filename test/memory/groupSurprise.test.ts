import { expect } from 'chai';
import { averagePrecision, bestF1, detectionAt } from '../../bench/support/detection.ts';
import { GROUP_THRESHOLD, GroupSurprise } from '../../src/memory/groupSurprise.ts';

describe('groups scored against each other', () => {
  function taught(groups: number): GroupSurprise {
    const surprise = new GroupSurprise();
    for (let i = 0; i < groups; i++) for (const pattern of ['open', 'write', 'write', 'write', 'close']) surprise.observe(`g${i}`, pattern);
    return surprise;
  }

  it('find nothing in a group that does as all did', () => {
    expect(taught(1000).bitsOf('g999')).to.be.below(0.01);
  });

  it('find a pattern no other group has', () => {
    const surprise = taught(1000);
    surprise.observe('odd', 'open');
    expect(surprise.observe('odd', 'exception')).to.be.closeTo(Math.log2(1001 / 0.5), 0.01);
    expect(surprise.bitsOf('odd')).to.be.above(GROUP_THRESHOLD);
  });

  it('find one more of a common pattern than any group had', () => {
    const surprise = taught(1000);
    const bits = ['write', 'write', 'write', 'write'].map((pattern) => surprise.observe('odd', pattern));
    for (const usual of bits.slice(0, 3)) expect(usual).to.be.below(0.01);
    expect(bits[3]).to.be.above(8);
  });

  it('find nothing in being the first of many under way to go on', () => {
    const surprise = new GroupSurprise();
    for (let i = 0; i < 1000; i++) for (const pattern of ['open', 'write']) surprise.observe(`g${i}`, pattern);
    expect(surprise.observe('g500', 'close')).to.equal(1);
  });

  it('find a long group no stranger for its length', () => {
    const surprise = taught(200);
    for (let i = 0; i < 20; i++) for (let k = 0; k < 300; k++) surprise.observe(`long${i}`, 'read');
    surprise.observe('odd', 'exception');
    expect(surprise.bitsOf('odd')).to.be.above(surprise.bitsOf('long19'));
  });

  it('ask before they learn: the second such group is less of a surprise', () => {
    const surprise = taught(1000);
    expect(surprise.observe('a', 'exception')).to.be.above(surprise.observe('b', 'exception'));
  });

  it('hold no more groups than they may', () => {
    const surprise = new GroupSurprise(2);
    for (const group of ['a', 'b', 'c']) surprise.observe(group, 'x');
    expect(surprise.bitsOf('a')).to.equal(0);
  });
});

describe('detection figures', () => {
  const items = [
    { score: 9, positive: true },
    { score: 8, positive: false },
    { score: 7, positive: true },
    { score: 1, positive: false },
  ];
  it('are those of the textbook', () => {
    expect(detectionAt(items, 8)).to.deep.equal({ flagged: 2, hits: 1, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(averagePrecision(items)).to.be.closeTo((1 + 2 / 3) / 2, 1e-12);
    expect(bestF1(items)).to.deep.equal({ f1: 0.8, threshold: 7 });
  });
  it('take equal scores for one threshold, in any order', () => {
    const tied = [
      { score: 1, positive: true },
      { score: 1, positive: false },
    ];
    expect(averagePrecision(tied)).to.equal(averagePrecision([...tied].reverse()));
    expect(averagePrecision(tied)).to.equal(0.5);
  });
  it('are zero, not NaN, where nothing is flagged or true', () => {
    expect(detectionAt([], 1)).to.include({ precision: 0, recall: 0, f1: 0 });
    expect(averagePrecision([])).to.equal(0);
  });
});

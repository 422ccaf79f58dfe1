import { expect } from 'chai';
import { foldRun, startRun } from '../../../src/safeguards/adaptive/stuck.ts';

/** Points at which a series is found to hang. */
function hangsAt(values: readonly number[]): number[] {
  const run = startRun();
  return values.flatMap((value, i) => (foldRun(run, value) ? [i] : []));
}
const runs = (...lengths: number[]) => lengths.flatMap((length, i) => Array.from({ length }, () => i));

describe('foldRun', () => {
  it('tells once of a run of 36 where values never stood still', () => {
    expect(hangsAt([...Array.from({ length: 100 }, (_, i) => i), ...Array.from({ length: 90 }, () => 7)])).to.deep.equal([135]);
  });

  it('wants four times the longest run there was', () => {
    expect(hangsAt(runs(20, 20, 70))).to.deep.equal([]);
    expect(hangsAt(runs(20, 20, 90))).to.deep.equal([40 + 79]);
  });

  it('forgets a long run slowly', () => {
    const changing = Array.from({ length: 15_000 }, (_, i) => i + 100);
    const after = hangsAt([...runs(400), ...changing, ...Array.from({ length: 500 }, () => -1)]);
    expect(after[0]).to.equal(35);
    expect(after[1]).to.be.within(15_400 + 300, 15_400 + 499);
  });
});

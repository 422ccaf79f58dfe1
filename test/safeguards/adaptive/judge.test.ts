import { expect } from 'chai';
import { judge } from '../../../src/safeguards/adaptive/judge.ts';
import { loadState } from '../../../src/safeguards/adaptive/state.ts';

/** Values every five minutes from Monday on, and what is said of the last. */
function judged(values: readonly number[]) {
  const state = loadState(2016);
  const all = values.map((value, i) => {
    const said = judge(state, 345_600 + i * 300, value);
    state.points += 1;
    return said;
  });
  return { state, all, last: all.at(-1)! };
}
const noisy = (many: number) => Array.from({ length: many }, (_, i) => 100 + ((i * 37) % 11));

describe('the judgement of a point', () => {
  it('is by the mean that follows it, and by the hours it knows', () => {
    const { last } = judged([10, 20]);
    expect(last.contributors.map(({ name }) => name)).to.include('plain');
    expect(last.contributors.at(-1)).to.deep.equal({ name: 'plain', baseline: 10, residual: 10 });
    expect(judged([10]).last).to.deep.include({ score: 0, baseline: 10, direction: 'up' });
  });

  it('is high for what stands out, in its direction, and low for what is as ever', () => {
    const [up, down] = [judged([...noisy(600), 900]), judged([...noisy(600), -700])];
    expect([up.last.direction, down.last.direction]).to.deep.equal(['up', 'down']);
    expect(up.last.score).to.be.above(10 * Math.max(0.01, up.all.at(-2)!.score));
  });

  it('tells once of a series that hangs', () => {
    const { all } = judged([...noisy(100), ...Array<number>(60).fill(105)]);
    expect(all.filter(({ top }) => top.baseline === 'stuck').map(({ score }) => score)).to.deep.equal([1]);
  });

  it('moves its mean by a tenth of the way', () => expect(judged([10, 20]).state.plain).to.be.closeTo(11, 1e-9));
});

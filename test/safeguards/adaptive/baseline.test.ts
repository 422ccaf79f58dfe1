import { expect } from 'chai';
import { Baseline } from '../../../src/safeguards/adaptive/baseline.ts';

const day = 86_400;
const daily = { name: 'd', period: day, slot: 3600, rate: 0.5 };

describe('Baseline', () => {
  it('is read before it learns, and knows nothing of a slot it never saw', () => {
    const baseline = new Baseline(daily);
    expect(baseline.expect(0, 10)).to.be.NaN;
    expect(baseline.expect(3599, 20)).to.equal(10);
    expect(baseline.expect(3600, 99)).to.be.NaN;
    expect(baseline.expect(day, 0)).to.equal(15);
  });

  it('puts times before 1970 into the slot of their own hour', () => {
    const baseline = new Baseline(daily);
    baseline.expect(23 * 3600, 7);
    expect(baseline.expect(-1, 0)).to.equal(7);
  });

  it('with no period is one running mean', () => {
    const plain = new Baseline({ name: 'p', period: 0, slot: 0, rate: 0.25 });
    plain.expect(0, 8);
    expect(plain.expect(1e9, 0)).to.equal(8);
    expect(plain.expect(-1e9, 0)).to.equal(6);
  });

  it('goes on from its JSON, unseen slots included', () => {
    const baseline = new Baseline(daily);
    baseline.expect(0, 10);
    const again = new Baseline(daily, JSON.parse(JSON.stringify(baseline.save())));
    expect(again.expect(0, 0)).to.equal(10);
    expect(again.expect(3600, 0)).to.be.NaN;
  });
});

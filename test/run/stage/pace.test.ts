import { expect } from 'chai';
import { Pace } from '../../../src/run/stage/pace.ts';

describe('the pace of a run', () => {
  it('is to pause once a tenth of a second has passed, and asks the clock at every sixteenth step only', () => {
    let now = 0;
    let asked = 0;
    const pace = new Pace(() => ((asked += 1), now));
    const stepsUntilDue = () => {
      for (let steps = 1; steps <= 100; steps += 1) if (pace.isDue()) return steps;
      return null;
    };
    expect(stepsUntilDue()).to.equal(null);
    expect(asked).to.equal(1 + 6);
    now = 99;
    expect(stepsUntilDue()).to.equal(null);
    now = 100;
    expect(stepsUntilDue()).to.equal(8);
    pace.begin();
    expect(stepsUntilDue()).to.equal(null);
    now = 200;
    expect(stepsUntilDue()).to.be.at.most(16);
  });
});

import { expect } from 'chai';
import { checkSpent, countSpent, listBuckets, sumPeriod } from '../../../src/safeguards/budget/spent.ts';
import { bookedLedger, budgetSetup, midMarch, pico } from '../../support/budgetSetup.ts';

const hour = 3_600_000;

describe('what is spent in a period', () => {
  it('is that of the period alone', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [{ amount: '10' }, { amount: '-4' }, { amount: '7', eventTime: Date.UTC(2026, 1, 28) }]);
    const sums = sumPeriod(state, setup, setup.accounting.periodAt(midMarch));
    expect(sums).to.deep.equal({ charges: pico('10'), credits: pico('-4'), records: 2, creditRecords: 1, late: 0 });
    expect(countSpent(setup, sums)).to.equal(pico('6'));
    expect(countSpent(budgetSetup({ credits: 'gross' }), sums)).to.equal(pico('10'));
  });

  it('of a rolling window is all steps that lie in it', () => {
    const setup = budgetSetup({ rolling: '1d' });
    const state = bookedLedger(setup, [
      { amount: '10', eventTime: midMarch - hour },
      { amount: '7', eventTime: midMarch - 30 * hour },
    ]);
    expect(sumPeriod(state, setup, setup.accounting.periodAt(midMarch)).charges).to.equal(pico('10'));
  });

  it('is judged as 0 where credits outweigh it', () => {
    expect(checkSpent(budgetSetup(), pico('-4'))).to.include({ currentSpend: 0, isBreached: false });
    expect(checkSpent(budgetSetup(), pico('100'))).to.include({ usageRatio: 1, isBreached: true });
  });
});

describe('the buckets of the pace', () => {
  it('go back from now to the first record, the first of them partly watched', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [
      { amount: '3', eventTime: midMarch - 1.5 * setup.bucket },
      { amount: '5', eventTime: midMarch - 1 },
    ]);
    const buckets = listBuckets(state, setup, midMarch);
    expect(buckets.map(({ spent }) => spent)).to.deep.equal([3, 5]);
    expect(buckets.reduce((sum, { coverage }) => sum + coverage, 0)).to.be.closeTo(1.5, 1e-9);
    expect(listBuckets(bookedLedger(setup, []), setup, midMarch)).to.have.length(0);
  });
});

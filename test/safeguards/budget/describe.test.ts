import { expect } from 'chai';
import { describeBudget } from '../../../src/safeguards/budget/describe.ts';
import { judgeActual } from '../../../src/safeguards/budget/judge.ts';
import { bookedLedger, budgetSetup, midMarch } from '../../support/budgetSetup.ts';

const hour = 3_600_000;

describe('a budget as it is told', () => {
  it('says what was spent, what is left and what an even pace would be', () => {
    const setup = budgetSetup();
    const told = describeBudget(bookedLedger(setup, [{ amount: '60' }, { amount: '-10' }]), setup, midMarch);
    expect(told).to.deep.include({
      limit: '100',
      spent: '50',
      charges: '60',
      credits: '-10',
      net: '50',
      left: '50',
      usage_ratio: 0.5,
      even_pace: '50',
      rule: null,
    });
    expect(told.period).to.include({ id: '2026-03', elapsed_ratio: 0.5, time_zone: 'UTC' });
  });

  it('says how long what is left lasts at the recent pace, and nothing where nothing is spent', () => {
    const setup = budgetSetup();
    const { pace } = describeBudget(bookedLedger(setup, [{ amount: '10', eventTime: midMarch - hour }]), setup, midMarch);
    expect(pace).to.include({
      spent: '10',
      lasts_ms: 9 * setup.paceWindow,
      until: new Date(midMarch + 9 * setup.paceWindow).toISOString(),
    });
    const none = describeBudget(bookedLedger(setup, []), setup, midMarch);
    expect([none.pace.lasts_ms, none.pace.until, none.thresholds[0]!.estimate]).to.deep.equal([null, null, null]);
  });

  it('says of each threshold whether it fired, or when it will within the period', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [{ amount: '60', eventTime: midMarch - hour }]);
    judgeActual(state, setup, setup.accounting.periodAt(midMarch), midMarch);
    const { thresholds } = describeBudget(state, setup, midMarch);
    expect(thresholds.map(({ at, on, state: stands }) => [at, on, stands])).to.deep.equal([
      [0.5, 'actual', 'firing'],
      [0.9, 'actual', 'ahead'],
      [1, 'actual', 'ahead'],
      [1, 'forecasted', 'ahead'],
    ]);
    expect(thresholds[1]!.estimate).to.equal(new Date(midMarch + setup.paceWindow / 2).toISOString());
  });

  it('names what it was spent on, the most first, with its share', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [
      { amount: '10', name: 'tts' },
      { amount: '30', name: 'gpt' },
    ]);
    expect(describeBudget(state, setup, midMarch).where.rows).to.deep.equal([
      { name: 'gpt', spent: '30', share: 0.75 },
      { name: 'tts', spent: '10', share: 0.25 },
    ]);
  });
});

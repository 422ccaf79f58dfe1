import { expect } from 'chai';
import { endPeriods, judgeActual, judgeBurn, judgeForecast, type Notice } from '../../../src/safeguards/budget/judge.ts';
import { bookedLedger, budgetSetup, midMarch } from '../../support/budgetSetup.ts';

const hour = 3_600_000;
const told = (notices: readonly Notice[]) => notices.map(({ rule, state }) => `${rule} ${state}`);

describe('thresholds of what is spent', () => {
  it('fire once each, and are armed again below, less the hysteresis', () => {
    const setup = budgetSetup();
    const period = setup.accounting.periodAt(midMarch);
    const state = bookedLedger(setup, [{ amount: '91' }]);
    expect(told(judgeActual(state, setup, period, midMarch))).to.deep.equal(['actual:0.5 firing', 'actual:0.9 firing']);
    expect(judgeActual(state, setup, period, midMarch)).to.deep.equal([]);
    const totals = state.steps.get('2026-03')!;
    totals.charges -= 5n * 10n ** 12n;
    expect(judgeActual(state, setup, period, midMarch)).to.deep.equal([]);
    totals.charges -= 2n * 10n ** 12n;
    expect(told(judgeActual(state, setup, period, midMarch))).to.deep.equal(['actual:0.9 resolved']);
  });

  it('end with their period, and do not fire again in it', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [{ amount: '60' }]);
    const period = setup.accounting.periodAt(midMarch);
    judgeActual(state, setup, period, midMarch);
    expect(endPeriods(state, setup, period.end - 1)).to.deep.equal([]);
    expect(told(endPeriods(state, setup, period.end))).to.deep.equal(['actual:0.5 resolved']);
    expect(judgeActual(state, setup, period, period.end)).to.deep.equal([]);
    expect(endPeriods(budgetLess(), budgetSetup({ rolling: '1d' }), period.end)).to.deep.equal([]);
  });

  it('of a forecast say nothing while it rests on too little', () => {
    const setup = budgetSetup();
    expect(judgeForecast(bookedLedger(setup, [{ amount: '99' }]), setup, midMarch)).to.deep.equal([]);
    const days = Array.from({ length: 10 }, (_, i) => ({ amount: '9', eventTime: midMarch - (i + 1) * 24 * hour }));
    expect(told(judgeForecast(bookedLedger(setup, days), setup, midMarch))).to.deep.equal(['forecasted:1 firing']);
  });
});

const budgetLess = () => bookedLedger(budgetSetup(), []);

describe('burn rates', () => {
  const policy = { name: 'fast', fraction: 0.05, long: '6h', short: '30m' };

  it('fire where both windows burn, and end once one has been calm for a short window', () => {
    const setup = budgetSetup({ burn: [policy] });
    const state = bookedLedger(setup, [
      { amount: '5', eventTime: midMarch - 5 * hour },
      { amount: '5', eventTime: midMarch - 1000 },
    ]);
    expect(told(judgeBurn(state, setup, midMarch))).to.deep.equal(['burn:fast firing']);
    expect(judgeBurn(state, setup, midMarch + hour)).to.deep.equal([]);
    expect(judgeBurn(state, setup, midMarch + 1.4 * hour)).to.deep.equal([]);
    expect(told(judgeBurn(state, setup, midMarch + 1.5 * hour))).to.deep.equal(['burn:fast resolved']);
  });

  it('do not fire for the long window alone', () => {
    const setup = budgetSetup({ burn: [policy] });
    expect(judgeBurn(bookedLedger(setup, [{ amount: '50', eventTime: midMarch - 5 * hour }]), setup, midMarch)).to.deep.equal([]);
  });
});

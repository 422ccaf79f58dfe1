import { expect } from 'chai';
import { budgetSetup, midMarch, pico } from '../../support/budgetSetup.ts';
import { createSetup } from '../../../src/safeguards/budget/setup.ts';

const hour = 3_600_000;

describe('what follows from the options of a budget', () => {
  it('is a month unless something else is said, with its own burn rates', () => {
    const setup = budgetSetup();
    expect([setup.accounting.rolling, setup.accounting.periodAt(midMarch).id, setup.burn.map(({ name }) => name)]).to.deep.equal([
      false,
      '2026-03',
      ['fast', 'slow'],
    ]);
    expect(setup).to.include({ limitPico: pico('100'), limit: 100, decimals: 2 });
  });

  it('goes back as far as the longest window, in bins of a sixth of the shortest', () => {
    const setup = budgetSetup({ burn: [{ name: 'x', fraction: 0.1, long: '2h', short: '30m' }] });
    expect(setup).to.include({ fine: hour / 12, fineReach: 2 * hour, paceWindow: 2 * hour, nameBin: hour / 6 });
    expect(budgetSetup({ burn: [{ name: 'x', fraction: 0.1, long: '3s', short: '1s' }] }).fine).to.equal(1000);
    expect(budgetSetup({ burn: [] }).paceWindow).to.equal(budgetSetup().paceWindow);
  });

  it('names a rolling window by its length', () => {
    const label = (rolling: string) => budgetSetup({ rolling }).accounting.periodAt(midMarch).label;
    expect(['1d', '7d', '90m', '1h', '61s'].map(label)).to.deep.equal(['last 24h', 'last 7d', 'last 90m', 'last 1h', 'last 61s']);
  });

  it('cannot be made of a limit that was never checked', () => {
    expect(() => createSetup({ ...budgetSetup().options, limit: 'much' })).to.throw('cannot be read');
  });
});

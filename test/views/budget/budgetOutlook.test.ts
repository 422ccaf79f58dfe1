import { expect } from 'chai';
import type { BudgetResult, ThresholdRow } from '../../../src/results/budgetResult.ts';
import { moneyWriter } from '../../../src/views/budget/budgetMoney.ts';
import { budgetOutlook } from '../../../src/views/budget/budgetOutlook.ts';
import { halfSpent } from '../../support/views/budgetResult.ts';
import { plainView } from '../../support/views/plainView.ts';

const now = Date.UTC(2026, 2, 16, 12);
const spent = halfSpent();
const ahead = {
  expected: '120',
  low: '90',
  high: '150',
  interval: 0.8,
  p_breach: 0.8,
  if_normal: '80',
  confidence: 'normal',
  buckets: 9,
} as const;

const outlook = (more: Partial<BudgetResult> = {}): string[] =>
  budgetOutlook({
    result: { ...spent, forecast: ahead, thresholds: [], ...more },
    money: moneyWriter('USD'),
    wide: 9,
    now,
    view: plainView,
  });

const threshold = (at: number, more: Partial<ThresholdRow> = {}): ThresholdRow => ({
  at,
  on: 'actual',
  severity: 'warning',
  state: 'ahead',
  since: null,
  estimate: null,
  ...more,
});
const thresholds = (...rows: ThresholdRow[]) =>
  outlook({ thresholds: rows, check: { ...spent.check, warningRatio: 0.9 } }).find((line) => line.includes('thresholds'));

describe('the forecast of a budget', () => {
  it('names the end of its month, and of a rolling window, which has none, its length', () => {
    expect(outlook()[0]).to.equal('  forecast     end of March 120 USD, 80 % between 90.00 and 150; P(breach) 0.80');
    const period = { ...spent.period, label: 'last 24h' };
    expect(outlook({ period })[0]).to.match(/^ {2}forecast {5}next 24h 120 USD,/);
  });

  it('says what a normal pace would lead to, and nothing where none is known', () => {
    const normal = (if_normal: string | null) => outlook({ forecast: { ...ahead, if_normal } })[1];
    expect(normal('80')).to.match(/back to normal now: 80\.00, within the limit$/);
    expect(normal('100')).to.match(/back to normal now: 100, above the limit$/);
    expect(normal(null)).to.equal('  thresholds   none');
  });

  it('claims no chance where it rests on too little', () => {
    expect(outlook({ forecast: { ...ahead, confidence: 'low', buckets: 2 } })).to.deep.equal([
      '  forecast     end of March 120 USD, low confidence: 2 full buckets, 3 needed',
      '  thresholds   none',
    ]);
  });
});

describe('the thresholds of a budget', () => {
  it('are reached, the next one in so long, or not reached', () => {
    const half = threshold(0.5, { state: 'firing' });
    const next = threshold(0.9, { estimate: new Date(now + 7 * 3_600_000).toISOString() });
    expect(thresholds(half, next, threshold(1))).to.equal(
      '  thresholds   actual 50 % reached; 90 % warning in 7h; 100 % breach not reached',
    );
    expect(thresholds(half, threshold(0.755, { state: 'ended' }), threshold(0.9))).to.equal(
      '  thresholds   actual 50 % and 75.5 % reached; 90 % warning not reached',
    );
  });

  it('of the forecast are named when they fire, and only then', () => {
    const forecasted = (state: 'firing' | 'ahead') => threshold(1, { on: 'forecasted', state });
    expect(thresholds(forecasted('firing'))).to.equal('  thresholds   forecast above 100 % breach');
    expect(thresholds(forecasted('ahead'))).to.equal('  thresholds   none');
  });
});

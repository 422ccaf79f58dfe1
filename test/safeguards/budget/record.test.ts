import { expect } from 'chai';
import { checkRecord, compareVersions, type SpendRecord } from '../../../src/safeguards/budget/record.ts';
import { budgetSetup, midMarch, pico, spendRecord } from '../../support/budgetSetup.ts';

const hour = 3_600_000;
const check = (more: object) => checkRecord({ ...spendRecord(), ...more } as SpendRecord, 'llm', budgetSetup(), midMarch);

describe('a record of spend', () => {
  it('is exact in its amount', () => expect(check({ amount: 0.1 })).to.deep.equal({ ok: true, amount: pico('0.1') }));

  const refused: [more: object, reason: RegExp][] = [
    [{ id: '' }, /^id is missing/],
    [{ id: 'x'.repeat(513) }, /longer than 512/],
    [{ source: 7 }, /^source is missing/],
    [{ key: 'tts' }, /^it belongs to "tts", not to "llm"$/],
    [{ kind: 'refund' }, /^kind is "refund", expected/],
    [{ currency: undefined }, /^currency is missing$/],
    [{ currency: 'EUR' }, /^currency is "EUR", the budget is in USD$/],
    [{ amount: 'much' }, /./],
    [{ eventTime: Number.NaN }, /cannot be read$/],
    [{ eventTime: 1e17 }, /beyond what a date can hold$/],
    [{ eventTime: midMarch + hour + 1 }, /is in the future of/],
    [{ eventTime: Date.UTC(2026, 0, 31) }, /is closed$/],
    [{ version: Number.POSITIVE_INFINITY }, /^version is neither/],
  ];
  for (const [more, reason] of refused)
    it(`is refused: ${JSON.stringify(more).slice(0, 40)}`, () => {
      const checked = check(more);
      expect(checked.ok ? '' : checked.reason).to.match(reason);
    });

  it('may be an hour ahead, and of the period before', () => {
    expect([check({ eventTime: midMarch + hour }).ok, check({ eventTime: Date.UTC(2026, 1, 1) }).ok]).to.deep.equal([true, true]);
  });
});

describe('versions', () => {
  it('stand by their value where they are numbers, and strings behind them', () => {
    const order = (a: string | number, b: string | number) => compareVersions(a, b);
    expect([order(2, 10), order('2', '10'), order('2', 2), order('v2', 'v10'), order(9, 'a'), order('a', '9'), order('a', 'a')]).to.deep.equal([
      -1, -1, 0, 1, -1, 1, 0,
    ]); // prettier-ignore
  });
});

import { expect } from 'chai';
import { moneyWriter } from '../../../src/views/budget/budgetMoney.ts';

describe('an amount of a budget', () => {
  it('has the decimals of its currency', () => {
    expect(moneyWriter('USD').amount('5240.8')).to.equal('5,240.80');
    expect(moneyWriter('JPY').amount('5240.8')).to.equal('5,241');
    expect(moneyWriter('tokens').amount('1204')).to.equal('1,204');
  });

  it('shows two digits where it is too small for them, and zero as zero', () => {
    const { amount } = moneyWriter('USD');
    expect(['0', '0.01', '0.0099', '0.0000015', '-0.004'].map(amount)).to.deep.equal(['0.00', '0.01', '0.0099', '0.0000015', '-0.0040']);
  });

  it('is written in three digits where it is an estimate', () => {
    const { estimate } = moneyWriter('USD');
    expect(['21392.66', '99.96', '100.4', '0.12345', '-21392'].map(estimate)).to.deep.equal(['21,400', '100', '100', '0.12', '-21,400']);
  });

  it('that cannot be read is a dash and has no value', () => {
    const money = moneyWriter('USD');
    expect([money.amount('much'), money.estimate(''), money.value('much'), money.value(null)]).to.deep.equal(['-', '-', null, null]);
    expect(money.value('12.5')).to.equal(12.5);
  });
});

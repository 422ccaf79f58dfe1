import { expect } from 'chai';
import { checkBudget, type BudgetInput } from '../../src/safeguards/checkBudget.ts';
import { mistyped } from '../support/typed.ts';

const half = { currentSpend: 50, budgetLimit: 100 };

describe('checkBudget', () => {
  it('carries the inputs, defaults included, beside the verdict', () => {
    expect(checkBudget(half)).to.deep.equal({
      currentSpend: 50,
      budgetLimit: 100,
      warningRatio: 0.9,
      usageRatio: 0.5,
      remainingBudget: 50,
      isWarning: false,
      isBreached: false,
    });
  });

  it('freezes its result', () => {
    expect(checkBudget(half)).to.be.frozen;
  });

  it('takes an undefined ratio for one that was not given', () => {
    expect(checkBudget({ ...half, warningRatio: undefined }).warningRatio).to.equal(0.9);
  });

  const comparisons: [spend: number, limit: number, ratio: number, isWarning: boolean, isBreached: boolean][] = [
    [0, 100, 0.9, false, false],
    [89.99, 100, 0.9, false, false],
    [90, 100, 0.9, true, false],
    [99.99, 100, 0.9, true, false],
    [100, 100, 0.9, true, true],
    [100.01, 100, 0.9, true, true],
    [99.99, 100, 1, false, false],
    [100, 100, 1, true, true],
    [25, 100, 0.25, true, false],
    [0, Number.MIN_VALUE, 0.9, false, false],
    [Number.MIN_VALUE, Number.MIN_VALUE, 1, true, true],
  ];
  for (const [currentSpend, budgetLimit, warningRatio, isWarning, isBreached] of comparisons) {
    it(`${currentSpend} of ${budgetLimit}, warned from ${warningRatio}: warning ${isWarning}, breached ${isBreached}`, () => {
      expect(checkBudget({ currentSpend, budgetLimit, warningRatio })).to.include({ isWarning, isBreached });
    });
  }

  it('lets what remains go below zero', () => {
    expect(checkBudget({ currentSpend: 130, budgetLimit: 100 })).to.include({ remainingBudget: -30, usageRatio: 1.3 });
  });

  const outside: [keyof BudgetInput, number[]][] = [
    ['currentSpend', [-1, -Number.MIN_VALUE]],
    ['budgetLimit', [0, -0, -1]],
    ['warningRatio', [0, -0.1, 1.0000001, 2]],
  ];
  for (const [name, values] of outside) {
    for (const value of [...values, NaN, Infinity, -Infinity, '50', null, 5n, [], {}, true]) {
      it(`rejects ${name} = ${typeof value} ${String(value)} by name`, () => {
        const input = { ...half, [name]: value };
        expect(() => checkBudget(mistyped(input))).to.throw(RangeError, new RegExp(`^${name} `));
      });
    }
  }

  for (const name of ['currentSpend', 'budgetLimit'] as const) {
    it(`rejects a missing ${name}`, () => {
      expect(() => checkBudget(mistyped({ ...half, [name]: undefined }))).to.throw(RangeError, name);
    });
  }
});

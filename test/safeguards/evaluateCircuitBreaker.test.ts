import { expect } from 'chai';
import { evaluateCircuitBreaker, type CircuitBreakerInput } from '../../src/safeguards/evaluateCircuitBreaker.ts';
import { mistyped } from '../support/typed.ts';

describe('evaluateCircuitBreaker', () => {
  it('carries the inputs, defaults included, beside the verdict', () => {
    expect(evaluateCircuitBreaker({ consecutiveFailures: 1 })).to.deep.equal({
      consecutiveFailures: 1,
      failureThreshold: 3,
      cooldownStepsRemaining: 0,
      isOpen: false,
      allowOperation: true,
      retryAfterSteps: 0,
    });
  });

  it('freezes its result', () => {
    expect(evaluateCircuitBreaker({ consecutiveFailures: 3 })).to.be.frozen;
  });

  const comparisons: [failures: number, threshold: number, cooldown: number, isOpen: boolean, retryAfterSteps: number][] = [
    [0, 3, 0, false, 0],
    [2, 3, 0, false, 0],
    [3, 3, 0, true, 0],
    [4, 3, 0, true, 0],
    [0, 3, 1, true, 1],
    [0, 3, 0.5, true, 0.5],
    [3, 3, 7, true, 7],
    [0, 1, 0, false, 0],
    [1, 1, 0, true, 0],
    [0, Number.MIN_VALUE, 0, false, 0],
  ];
  for (const [consecutiveFailures, failureThreshold, cooldownStepsRemaining, isOpen, retryAfterSteps] of comparisons) {
    it(`${consecutiveFailures} of ${failureThreshold} failures, cooldown ${cooldownStepsRemaining}: ${isOpen ? 'open' : 'closed'}`, () => {
      expect(evaluateCircuitBreaker({ consecutiveFailures, failureThreshold, cooldownStepsRemaining })).to.include({
        isOpen,
        allowOperation: !isOpen,
        retryAfterSteps,
      });
    });
  }

  const outside: [keyof CircuitBreakerInput, number[]][] = [
    ['consecutiveFailures', [-1, -Number.MIN_VALUE]],
    ['failureThreshold', [0, -0, -1]],
    ['cooldownStepsRemaining', [-1, -Number.MIN_VALUE]],
  ];
  for (const [name, values] of outside) {
    for (const value of [...values, NaN, Infinity, -Infinity, '2', null, 2n, {}]) {
      it(`rejects ${name} = ${typeof value} ${String(value)} by name`, () => {
        const input = { consecutiveFailures: 0, [name]: value };
        expect(() => evaluateCircuitBreaker(mistyped(input))).to.throw(RangeError, new RegExp(`^${name} `));
      });
    }
  }

  it('rejects missing failures', () => {
    expect(() => evaluateCircuitBreaker(mistyped({}))).to.throw(RangeError, /^consecutiveFailures /);
  });
});

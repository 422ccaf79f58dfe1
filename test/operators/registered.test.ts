import { expect } from 'chai';
import fc from 'fast-check';
import { from } from 'rxjs';
import { operators } from '../../operators/index.ts';
import { RunClock, type Instance } from '../../src/kernel/defineOperator.ts';
import type { Json } from '../../src/event.ts';
import { mixedSignals, listOptions, runInBatches } from '../support/runs/machineRun.ts';

describe('every registered operator', () => {
  const signals = mixedSignals(240);

  for (const operator of operators) {
    const { name } = operator.spec;

    it(`${name} goes on after a restart in mid-stream as if it had never stopped`, () => {
      const whole = runInBatches(operator, signals, [signals.length]);
      for (const cut of [1, 37, 120, 203]) {
        const parts = runInBatches(
          operator,
          signals,
          [cut, signals.length - cut],
          (state: Json) => JSON.parse(JSON.stringify(state)) as Json,
        );
        expect(parts, `cut at ${cut}`).to.deep.equal(whole);
      }
    });

    it(`${name} has the same output however its input is cut into batches`, () => {
      const whole = runInBatches(operator, signals, [signals.length]);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }), (sizes) => {
          expect(runInBatches(operator, signals, sizes)).to.deep.equal(whole);
        }),
        { numRuns: 8 },
      );
    });

    it(`${name} balances: in = forwarded + consumed`, () => {
      let instance: Instance | undefined;
      from(signals)
        .pipe(operator.inRun(listOptions[name] ?? {}, { clock: new RunClock(), attached: (one) => (instance = one) }))
        .subscribe();
      const { in: taken, forwarded, consumed } = instance!.counters;
      expect(taken).to.equal(forwarded + consumed);
    });
  }
});

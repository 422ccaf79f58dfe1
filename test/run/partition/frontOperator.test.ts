import { expect } from 'chai';
import { groupBy } from '../../../operators/groupBy.ts';
import { Instance } from '../../../src/kernel/instance.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import type { MachineSpec } from '../../../src/kernel/machine.ts';
import { FrontOperator } from '../../../src/run/partition/frontOperator.ts';
import { eventAt } from '../../support/fakes.ts';

function front(spec: MachineSpec = groupBy.spec) {
  const out: Flow[] = [];
  const make = (emit: (signal: Flow) => void) => new Instance(spec, spec.options.parse({}), emit);
  return { out, operator: new FrontOperator(make, (signal) => void out.push(signal)) };
}
const machineOf = (step: (signal: Flow, emit: (signal: Flow) => void) => void): MachineSpec => ({
  ...groupBy.spec,
  machine: () => ({ start: () => ({}), step: (_state, signal, emit) => step(signal, emit) }),
});

describe('an operator that works ahead', () => {
  it('gives what it made of a signal when that has its turn, and works at once where it was not ahead', () => {
    const { out, operator } = front();
    const signals = [1, 2, 3].map((time) => eventAt(time));
    expect(signals.slice(0, 2).map((signal) => operator.workAhead(signal)?.time)).to.deep.equal([1, 2]);
    expect(out).to.deep.equal([]);
    for (const signal of signals) operator.take(signal);
    expect(out.map(({ time }) => time)).to.deep.equal([1, 2, 3]);
    expect(operator.instance.counters.in).to.equal(3);
  });

  it('gives nothing of a signal that it drops', () => {
    const { out, operator } = front(machineOf(() => {}));
    expect(operator.workAhead(eventAt(1))).to.equal(null);
    operator.take(eventAt(1));
    expect(out).to.deep.equal([]);
  });

  it('throws what it threw when that signal has its turn', () => {
    const { operator } = front(
      machineOf(() => {
        throw new RangeError('no');
      }),
    );
    expect(operator.workAhead(eventAt(1))).to.equal(null);
    expect(() => operator.take(eventAt(1))).to.throw('operator groupBy failed: no');
  });

  it('may not give two signals for one', () => {
    const { operator } = front(
      machineOf((signal, emit) => {
        emit(signal);
        emit(signal);
      }),
    );
    operator.workAhead(eventAt(1));
    expect(() => operator.take(eventAt(1))).to.throw('more than one signal for one');
  });
});

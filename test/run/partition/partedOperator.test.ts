import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import { Instance } from '../../../src/kernel/instance.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { PartedOperator } from '../../../src/run/partition/partedOperator.ts';
import type { PartitionOutput, TickOutput } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';

const counters = { in: 0, forwarded: 0, consumed: 0, refused: 0, emitted: 0, evicted: 0 };
const output = (more: Partial<PartitionOutput>): PartitionOutput => ({ results: [], names: [], several: [], ticks: [], counters, ...more });
const tick = (time: number, key: string, after: number): TickOutput => ({
  ...{ time, key, after },
  outputs: [{ signal: { kind: `${time}${key}${after}`, time, key } }],
});

function parted(partitions = 2) {
  const out: Flow[] = [];
  const make = (emit: (signal: Flow) => void) => new Instance(memory.spec, memory.spec.options.parse({}), emit);
  return { out, operator: new PartedOperator(make, (signal) => void out.push(signal), partitions) };
}

/** Ticks all that is due by that time. */
function tickAll(operator: PartedOperator, time: number): void {
  while (operator.nextDue <= time) operator.tickFirst();
}

describe('an operator whose keys are shared out', () => {
  it('gives ticks in the order of time and key, whichever partition they are of', () => {
    const { out, operator } = parted();
    operator.read([output({ ticks: [tick(10, 'b', -1), tick(20, 'a', -1)] }), output({ ticks: [tick(10, 'a', -1), tick(15, 'c', -1)] })]);
    operator.reach(-1);
    tickAll(operator, 30);
    expect(out.map(({ kind }) => kind)).to.deep.equal(['10a-1', '10b-1', '15c-1', '20a-1']);
  });

  it('holds back the ticks of keys that do not stand waiting yet', () => {
    const { out, operator } = parted();
    operator.read([output({ ticks: [tick(10, 'late', 3), tick(20, 'a', -1)] })]);
    operator.reach(2);
    tickAll(operator, 30);
    expect(operator.nextDue).to.equal(Number.POSITIVE_INFINITY);
    operator.reach(3);
    tickAll(operator, 30);
    expect(out.map(({ kind }) => kind)).to.deep.equal(['20a-1', '10late3']);
  });

  it('gives each signal what its partition made of it, when its turn has come', () => {
    const { out, operator } = parted(1);
    const [first, second] = [eventAt(1, 'a', 'a'), eventAt(2, 'b', 'b')];
    expect([operator.route(first), operator.route(second)]).to.deep.equal([0, 0]);
    operator.read([output({ results: [0, 5], names: ['t0', 't1'] })]);
    operator.take(first);
    operator.take(second);
    expect(out).to.deep.equal([first, { ...second, late: true, template_id: 't1' }]);
  });

  it('throws where the operator threw in its partition', () => {
    const { operator } = parted(1);
    const signal = eventAt(1, 'a', 'a');
    operator.route(signal);
    operator.read([output({ results: [-1], several: [[{ failed: { message: 'no', stack: undefined } }]] })]);
    expect(() => operator.take(signal)).to.throw('operator memory failed: no');
  });

  it('lets what it does not take pass, and works on `others` by itself', () => {
    const { out, operator } = parted();
    const rejected: Flow = { kind: 'rejected', time: 1, key: '' };
    const others = eventAt(2, 'a', 'others');
    expect([operator.route(rejected), operator.route(others)]).to.deep.equal([null, null]);
    operator.take(rejected);
    operator.take(others);
    expect(out.map(({ kind }) => kind)).to.deep.equal(['rejected', 'event']);
    expect(operator.instance.allKeys).to.deep.equal(['others']);
  });
});

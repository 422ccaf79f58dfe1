import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import type { MachineSpec } from '../../../src/kernel/machine.ts';
import { PartitionHost } from '../../../src/run/partition/partitionHost.ts';
import { many, type PartitionBatch } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';

const batch = (times: readonly number[], behind: number): PartitionBatch => ({
  signals: times.map((time) => eventAt(time, `line at ${time}`, 'a')),
  records: Int32Array.from(times, (_, i) => i + 5),
  before: Float64Array.from(times),
  behind,
});

describe('the work of a partition', () => {
  it('ticks before each of its signals and behind the last, and says behind which record', () => {
    const host = new PartitionHost(memory.spec, { window: '1m', early: '0s' });
    const { ticks } = host.work(batch([1000, 61_000], 130_000));
    expect(ticks.map(({ time, key, after }) => [time, key, after])).to.deep.equal([
      [60_000, 'a', 5],
      [120_000, 'a', 6],
    ]);
    expect(host.work(batch([], 130_000)).ticks).to.deep.equal([]);
  });

  it('counts what was counted since the batch before', () => {
    const host = new PartitionHost(memory.spec, {});
    expect(host.work(batch([1, 2], 2)).counters).to.deep.include({ in: 2, consumed: 2, emitted: 2 });
    expect(host.work(batch([3], 3)).counters).to.deep.include({ in: 1, consumed: 1, emitted: 1 });
  });

  it('says where the operator threw, and does nothing any more', () => {
    const spec: MachineSpec = {
      ...memory.spec,
      machine: () => ({
        start: () => ({}),
        step(_state, { time }) {
          if (time === 2) throw new RangeError('no');
        },
      }),
    };
    const host = new PartitionHost(spec, {});
    const { results, several } = host.work(batch([1, 2, 3], 3));
    expect(Array.from(results).slice(0, 2)).to.deep.equal([many, many]);
    expect(several.map((outputs) => outputs.map((output) => ('failed' in output ? output.failed.message : output)))).to.deep.equal([
      [],
      ['no'],
    ]);
    expect(host.work(batch([4], 4)).several).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { partitionFile, threadPartition } from '../../../src/run/partition/threadPartition.ts';
import type { PartitionBatch } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';

const batch = (times: readonly number[], behind: number): PartitionBatch => ({
  signals: times.map((time) => eventAt(time, 'disk full', 'a')),
  records: Int32Array.from(times, (_, i) => i),
  before: Float64Array.from(times),
  behind,
});

describe('a partition in a thread', () => {
  it('answers in the order in which it was asked, and gives away what it holds', async () => {
    const partition = threadPartition(await partitionFile(nodeFiles), { operator: 'memory', options: { window: '1m' } });
    try {
      const [first, second, saved] = await Promise.all([
        partition.work(batch([0, 1], 1)),
        partition.work(batch([2], 120_000)),
        partition.save(),
      ]);
      expect(first).to.deep.include({ several: [], ticks: [], names: first.names });
      expect([...Array.from(first.results), ...Array.from(second.results)]).to.deep.equal([2, 2, 2]);
      expect(second.ticks.map(({ time, key }) => [time, key]).at(0)?.[1]).to.equal('a');
      expect(saved.keys.map(([key]) => key)).to.deep.equal(['a']);
    } finally {
      await partition.close();
    }
  });

  it('rejects everything that waits, and what comes later, with its error once the thread has ended by itself', async () => {
    const partition = threadPartition(await partitionFile(nodeFiles), { operator: 'no such operator', options: {} });
    const asked = [partition.save(), partition.save()];
    for (const one of asked) {
      const error = await one.catch((thrown: Error) => thrown);
      expect(String((error as Error).message)).to.match(/its thread ended: /);
    }
    expect(await partition.folding().catch((error: Error) => error.message)).to.match(/its thread ended: /);
    await partition.close();
  });

  it('is said to be missing where the installation is incomplete', async () => {
    const from = 'file:///nowhere/program.cjs';
    const error = await partitionFile(nodeFiles, from).catch((thrown: Error) => thrown);
    expect((error as Error).message).to.contain('partitionThread.js is missing');
  });
});

import { expect } from 'chai';
import { z } from 'zod';
import { decodeMade, encodeWork } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { defineOperator } from '../../../src/kernel/defineOperator.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';
import type { PartitionBatch } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';
import { readText } from '../../support/engine/machines.ts';

const { operators } = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ memory: { window: 1m } }]`);
const node = operators[0]!;

const batch = (times: number[], behind: number): Uint8Array => {
  const signals = times.map((time) => eventAt(time * 1000, `user came from ${time}`));
  const work: PartitionBatch = {
    signals,
    records: Int32Array.from(times.keys()),
    before: Float64Array.from(signals, ({ time }) => time),
    behind: behind * 1000,
  };
  return encodeWork(work);
};

describe('a part of the keys of an operator', () => {
  it('goes on from what it saved as if nothing had been, in the midst of a window', () => {
    const batches = [batch([1, 2, 59], 59), batch([60, 70], 100), batch([], 200), batch([210], 400)];
    const whole = new PartitionStage(node);
    whole.load(null);
    let parts = new PartitionStage(node);
    parts.load(null);
    let ticks = 0;
    for (const one of batches) {
      const expected = whole.step(one);
      ticks += decodeMade(expected).ticks.length;
      expect(Buffer.from(parts.step(one)).equals(expected)).to.equal(true);
      const saved = parts.save();
      parts = new PartitionStage(node);
      parts.load(saved);
    }
    expect(ticks).to.be.greaterThan(2);
  });

  it('throws what its operator fails at, with its name', () => {
    const failing = defineOperator({
      name: 'failing',
      options: z.strictObject({}),
      keyed: true,
      stateVersion: 1,
      machine: () => ({
        start: () => ({}),
        step: () => {
          throw new Error('it cannot');
        },
      }),
    });
    const stage = new PartitionStage({ ...node, id: 'mine', operator: failing, options: {} } as OperatorNode);
    stage.load(null);
    expect(() => stage.step(batch([1], 1)))
      .to.throw('it cannot')
      .with.property('operator', 'mine');
  });
});

import { expect } from 'chai';
import { z } from 'zod';
import { readHead } from '../../../src/engine/checkpointLog.ts';
import { decodeEnvelope, joinContent } from '../../../src/engine/envelope.ts';
import { decodeMade, encodeWork } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { runPartition } from '../../../src/engine/roles/partition.ts';
import { SetBack } from '../../../src/engine/roles/setBack.ts';
import { defineOperator, type Flow, type Machine } from '../../../src/kernel/defineOperator.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';
import type { PartitionBatch } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';
import { readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { randomFrom } from '../../support/engine/randomFrom.ts';
import { makeRole, until } from '../../support/engine/roles.ts';

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

/** Work of many keys over some minutes, of which each message has a few. */
function makeLog(random: (most: number) => number): Uint8Array[] {
  let time = 0;
  return Array.from({ length: 40 }, () => {
    const signals = Array.from({ length: random(6) }, () => {
      time += random(4_000);
      const key = `service-${random(12)}`;
      return { ...eventAt(time, `user ${random(9)} of ${key} came from ${random(3)}`), key };
    });
    time += random(20_000);
    const before = Float64Array.from(signals, (signal) => signal.time);
    return encodeWork({ signals, records: Int32Array.from(signals.keys()), before, behind: time });
  });
}

function alone(): (message: Uint8Array) => Uint8Array {
  const stage = new PartitionStage(node);
  stage.load(null);
  let n = 0;
  return (message) => stage.step(message, (n += 1));
}

describe('a part of the keys of an operator', () => {
  it('goes on from what it saved as if nothing had been, in the midst of a window', () => {
    const batches = [batch([1, 2, 59], 59), batch([60, 70], 100), batch([], 200), batch([210], 400)];
    const whole = new PartitionStage(node);
    whole.load(null);
    let parts = new PartitionStage(node);
    parts.load(null);
    let ticks = 0;
    for (const [n, one] of batches.entries()) {
      const expected = whole.step(one, n);
      ticks += decodeMade(expected).ticks.length;
      expect(Buffer.from(parts.step(one, n)).equals(expected)).to.equal(true);
      const saved = parts.save(true);
      parts = new PartitionStage(node);
      parts.load([saved]);
    }
    expect(ticks).to.be.greaterThan(2);
  });

  it('goes on wherever it is cut, from all of its keys and what has changed since, as if nothing had been', async function () {
    this.timeout(60_000);
    let changes = 0;
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = randomFrom(seed);
      const log = makeLog(random);
      const expected = log.map(alone());
      const engine = new MemoryEngine({ step: false });
      const desk = await NumberedLog.open(engine.transport('desk'), 'in.0');
      for (const [i, message] of log.entries()) await desk.append(i + 1, message);
      const made = () =>
        engine.of('out.0').map(({ body }) => {
          const { envelope, content } = decodeEnvelope(body);
          return joinContent([content], envelope);
        });
      for (let lives = 1; made().length < log.length; lives += 1) {
        const stop = new AbortController();
        // It dies between any two calls: what it asks for then is not done, and never answered.
        let left = 5 + random(60);
        const id = `life ${lives}`;
        engine.watch = (process) => process !== id || (left -= 1) > 0;
        const role = makeRole(engine, id, stop.signal, { due: () => random(2) === 0 });
        let isOver = false;
        void runPartition(0, new PartitionStage(node), role).then(() => (isOver = true));
        await until(() => left <= 0 || made().length === log.length);
        stop.abort();
        await until(() => left <= 0 || isOver);
      }
      expect(
        made().map((content) => decodeMade(content)),
        `seed ${seed}`,
      ).to.deep.equal(expected.map((content) => decodeMade(content)));
      changes += engine.of('ckpt.p0.head').filter((head) => readHead(head).pieces.length > 1).length;
    }
    // The cuts are of use only where there was something to put together.
    expect(changes).to.be.greaterThan(2);
  });

  /** Counts signals by key, and throws half-way through at those of some times. */
  const fragile = (bad: (time: number) => boolean, due = Number.POSITIVE_INFINITY) =>
    defineOperator({
      name: 'fragile',
      options: z.strictObject({}),
      keyed: true,
      stateVersion: 1,
      machine: (): Machine<{ seen: number }, Flow, Flow & { seen: number }> => ({
        start: () => ({ seen: 0 }),
        step: (state, { time, key }, emit) => {
          state.seen += 1;
          emit({ kind: 'count', time, key, seen: state.seen });
          if (bad(time)) throw new Error(`it cannot at ${time}`);
        },
        due: () => due,
        tick: () => {
          throw new Error('it cannot tick');
        },
      }),
    });
  const open = (operator: unknown) => {
    const stage = new PartitionStage({ ...node, id: 'mine', operator, options: {} } as OperatorNode);
    stage.load(null);
    return stage;
  };

  it('is set back by a record that its operator fails at, and then does as if that had not been its, but for saying so', () => {
    const stage = open(fragile((time) => time === 2000 || time === 3000));
    const message = batch([1, 2, 3, 4], 4);
    for (const time of [2000, 3000]) {
      expect(() => stage.step(message, 7)).to.throw(SetBack, `it cannot at ${time}`);
      expect(stage.suspects(7)).to.equal(true);
      stage.load(null);
    }
    const { several } = decodeMade(stage.step(message, 7));
    const counted = several.map((outputs) =>
      outputs.map((one) =>
        'failed' in one ? one.failed.message : 'signal' in one ? (one.signal as unknown as { seen: number }).seen : one,
      ),
    );
    expect(counted).to.deep.equal([[{ marked: 0 }, 1], ['it cannot at 2000'], ['it cannot at 3000'], [{ marked: 0 }, 2]]);
    stage.save(true);
    expect(stage.suspects(7), 'nobody goes back before what is saved').to.equal(false);
  });

  it('throws what its operator fails at where that is at no record, with its name', () => {
    const stage = open(fragile(() => false, 1500));
    expect(() => stage.step(batch([1, 2], 2), 1))
      .to.throw('it cannot tick')
      .with.property('operator', 'mine');
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import type { Signal } from '../../../src/signal.ts';
import { Shipment, type Carry, type Outcome, type ShipmentOptions } from '../../../src/sinks/shipping/shipment.ts';
import { eventSignal } from '../../../src/testing.ts';
import { settle, virtualIo } from '../../support/virtualIo.ts';

const event = (n: number): Signal => eventSignal(`r${n}`, n);
const open = (carry: Carry, more: Partial<ShipmentOptions> = {}) =>
  new Shipment(
    { io: virtualIo(), id: 'out', pipeline: 'p', from: null, carry, batch: 4, maxOutbox: 100, timeout: 1000, drain: 60_000, ...more },
    ['event'],
  );

/** How a batch fares: by a number a time, the last for all that follow. */
const outcomes: readonly Outcome[] = [
  { ok: true },
  { ok: false, retry: true, why: 'away' },
  { ok: false, retry: false, why: 'unreadable' },
  { ok: true, refused: { count: 1, why: 'too old' } },
];

describe('a shipment', () => {
  it('takes every record once and in order, or counts it as failed, however batches fare', async () => {
    const script = fc.array(fc.integer({ min: -1, max: outcomes.length - 1 }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(script, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }), async (steps, sizes) => {
        const taken: string[] = [];
        let at = 0;
        let refused = 0;
        const shipment = open(async (batch) => {
          const step = steps[at++] ?? 0;
          if (step < 0) throw new Error('broke');
          const outcome = outcomes[step]!;
          if (outcome.ok) taken.push(...batch.map(({ record }) => String(record['text'])));
          if (outcome.ok) refused += outcome.refused?.count ?? 0;
          return outcome;
        });
        let offered = 0;
        for (const size of sizes) await shipment.write(Array.from({ length: size }, () => event((offered += 1))));
        for (let i = 0; i < 2_000 && shipment.waiting > 0; i += 1) await settle(1);
        await shipment.close();
        const { written, failed, held, filtered } = shipment.counters;
        expect([held, filtered]).to.deep.equal([0, 0]);
        expect(written + failed).to.equal(offered);
        expect(taken).to.deep.equal([...new Set(taken)].toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
        expect(taken.length - refused).to.equal(written);
      }),
      { numRuns: 150 },
    );
  });

  it('goes on with what a checkpoint held, which is in no sum of this run', async () => {
    const away = open(async () => ({ ok: false, retry: true, why: 'away' }), { drain: 1 });
    await away.write([event(1), event(2)]);
    await away.flush();
    const saved = JSON.parse(JSON.stringify(away.position())) as Json;
    await away.close();
    expect(away.counters.held).to.equal(2);
    const texts: string[] = [];
    const next = open(
      async (batch) => {
        texts.push(...batch.map(({ record }) => String(record['text'])));
        return { ok: true };
      },
      { from: saved },
    );
    await next.write([event(3)]);
    await next.close();
    expect(texts).to.deep.equal(['r1', 'r2', 'r3']);
    expect(next.counters).to.deep.equal({ written: 1, filtered: 0, failed: 0, held: 0 });
  });

  it('waits as long as the receiver asks for, and says since when nothing gets through', async () => {
    const io = virtualIo();
    const began = io.now();
    const times: number[] = [];
    const shipment = open(
      async () => {
        times.push(io.now() - began);
        return times.length < 2 ? { ok: false, retry: true, why: 'busy', wait: 42_000 } : { ok: true };
      },
      { io },
    );
    await shipment.write([event(1)]);
    await shipment.flush();
    expect(shipment.down).to.deep.equal({ since: began, why: 'busy' });
    await shipment.close();
    expect(times).to.deep.equal([0, 42_000]);
    expect(shipment.down).to.equal(null);
  });

  it('gives up a batch that takes too long, and sends it again', async () => {
    let calls = 0;
    const shipment = open((_, signal) => {
      calls += 1;
      return calls > 1
        ? Promise.resolve({ ok: true })
        : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    await shipment.write([event(1)]);
    await shipment.close();
    expect(calls).to.equal(2);
    expect(shipment.counters.written).to.equal(1);
  });

  it('ends, when the run does, although nothing gets through', async () => {
    const shipment = open(async () => ({ ok: false, retry: true, why: 'away' }), { drain: 5_000 });
    await shipment.write([event(1)]);
    await shipment.close();
    expect(shipment.counters).to.deep.equal({ written: 0, filtered: 0, failed: 0, held: 1 });
  });
});

import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { SinkBuffer } from '../../../src/run/delivery/sinkBuffer.ts';
import type { Signal } from '../../../src/signal.ts';
import { zeroCounters } from '../../../src/sinks/counters.ts';
import type { OpenSink } from '../../../src/sinks/sink.ts';
import { eventOf } from '../../support/blips.ts';

/** A sink that takes what it is given, or fails. */
function fakeSink(fails?: Error): OpenSink & { batches: (readonly Signal[])[] } {
  const counters = zeroCounters();
  const batches: (readonly Signal[])[] = [];
  return {
    batches,
    counters,
    write: async (batch) => {
      if (fails) throw fails;
      batches.push(batch);
      counters.written += batch.length;
    },
    flush: async () => {
      if (fails) throw fails;
    },
    close: async () => {},
  };
}
const events = (count: number): Signal[] => Array.from({ length: count }, (_, i) => eventOf('g', i));

describe('the buffer before a sink', () => {
  it('hands over at once all that waits, in order, and nothing where nothing does', async () => {
    const sink = fakeSink();
    const buffer = new SinkBuffer('out', sink, null);
    const [first, second] = [events(2), events(1)];
    const all = [...first, ...second];
    buffer.take({ signals: first, filtered: 0 });
    buffer.take({ signals: second, filtered: 0 });
    expect(buffer.waiting).to.equal(3);
    await buffer.deliver();
    await buffer.deliver();
    expect(sink.batches).to.deep.equal([all]);
    expect(buffer.waiting).to.equal(0);
  });

  it('balances at every moment: what waits is held, what the kinds left out is filtered', async () => {
    const buffer = new SinkBuffer('out', fakeSink(), ['event']);
    buffer.take({ signals: events(2), filtered: 3 });
    buffer.take({ signals: [], filtered: 1 });
    expect(buffer.counters).to.deep.equal({ written: 0, filtered: 4, failed: 0, held: 2 });
    expect([buffer.offered, buffer.balanced]).to.deep.equal([6, true]);
    await buffer.deliver();
    expect(buffer.counters).to.deep.equal({ written: 2, filtered: 4, failed: 0, held: 0 });
    expect(buffer.balanced).to.equal(true);
  });

  it('notices a sink that loses a signal', async () => {
    const sink = fakeSink();
    const buffer = new SinkBuffer('out', sink, null);
    buffer.take({ signals: events(2), filtered: 0 });
    await buffer.deliver();
    sink.counters.written -= 1;
    expect(buffer.balanced).to.equal(false);
  });

  it('says which sink failed, writing or flushing', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const buffer = new SinkBuffer('out', fakeSink(full), null);
    buffer.take({ signals: events(1), filtered: 0 });
    for (const failing of [buffer.deliver(), buffer.flush()]) {
      const error = await failing.catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(CaducusError);
      expect((error as CaducusError).message).to.include('sinks.out');
    }
  });
});

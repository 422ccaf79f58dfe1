import { expect } from 'chai';
import { StreamOrder } from '../../../src/run/intake/streamOrder.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';

const refused: Signal = { kind: 'rejected', time: 0, key: '', rejected: { source: 's', reason: 'r', place: {}, original: '' } };

describe('the order of a stream', () => {
  it('gives places one after another; what has no time stands where the one before it stands', () => {
    const order = new StreamOrder({ number: 3, place: 0, front: null, seen: 0 });
    expect([eventAt(5), eventAt(2), refused, eventAt(9)].map((record) => order.next(record))).to.deep.equal([
      { time: 5, stream: 3, place: 1 },
      { time: 2, stream: 3, place: 2 },
      { time: 5, stream: 3, place: 3 },
      { time: 9, stream: 3, place: 4 },
    ]);
    expect([order.front, order.seen]).to.deep.equal([9, 4]);
  });

  it('knows what was given before its position was saved: up to the last given, of those that had come', () => {
    const last = { time: 5, stream: 0, place: 2 };
    const order = new StreamOrder({ number: 0, place: 1, front: 4, seen: 4 });
    const given = [eventAt(5), eventAt(7), eventAt(3), eventAt(2)].map((record) => order.wasGiven(order.next(record), last));
    expect(given).to.deep.equal([true, false, true, false]);
    expect(order.hasCaughtUp).to.equal(true);
  });
});

import { expect } from 'chai';
import { decodeSignals, encodeSignals, listSignalBuffers } from '../../src/kernel/encodeSignals.ts';
import type { EventSignal } from '../../src/signal.ts';
import { eventAt } from '../support/fakes.ts';

const there = (signals: readonly EventSignal[]) => {
  const encoded = encodeSignals(signals);
  return { odd: encoded.odd.size, signals: decodeSignals(structuredClone(encoded, { transfer: listSignalBuffers(encoded) })) };
};

describe('signals between threads', () => {
  it('travel as columns where they are plain events', () => {
    const signals = [eventAt(1, 'disk é'), eventAt(2, '€')];
    expect(there(signals)).to.deep.equal({ odd: 0, signals });
  });

  it('keep the order of the fields of an event, which is that of what is written', () => {
    const plain = eventAt(1, 'x');
    const turned = { ...plain, event: Object.fromEntries(Object.entries(plain.event).toReversed()) as unknown as typeof plain.event };
    const { odd, signals } = there([turned]);
    expect(odd).to.equal(1);
    expect(JSON.stringify(signals)).to.equal(JSON.stringify([turned]));
  });

  it('keep what is beside the fields of an event', () => {
    const signals = [{ ...eventAt(1, 'x'), borrowed: true } as EventSignal];
    expect(there(signals)).to.deep.equal({ odd: 1, signals });
  });
});

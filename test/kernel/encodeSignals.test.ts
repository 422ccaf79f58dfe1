import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../src/event.ts';
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

  it('give the metadata that is the same to all events that have it, so that nobody can write to it', () => {
    const level = (time: number, of: string) => ({
      ...eventAt(time, 'x'),
      event: { ...eventAt(time, 'x').event, metadata: { tags: [of] } },
    });
    const came = there([level(1, 'a'), level(2, 'b'), level(3, 'a')]).signals as EventSignal[];
    const [first, second, third] = came.map(({ event }) => event.metadata);
    expect([first, second, third]).to.deep.equal([{ tags: ['a'] }, { tags: ['b'] }, { tags: ['a'] }]);
    expect(third).to.equal(first);
    expect(() => (first!['tags'] as string[]).push('more')).to.throw(TypeError);
  });

  it('travel as columns where each has a metadata of its own', () => {
    const signals = Array.from({ length: 300 }, (_, i) => ({ ...eventAt(i, 'x'), event: { ...eventAt(i, 'x').event, metadata: { i } } }));
    const came = there(signals);
    expect(came).to.deep.equal({ odd: 0, signals });
    expect(Object.isFrozen((came.signals[0] as EventSignal).event.metadata)).to.equal(false);
  });

  it('come as they went, whatever they say and however many they are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const metadata = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, { maxKeys: 3, noNullPrototype: true });
    const event = fc.record({
      id: text,
      text: fc.oneof(text, fc.constant('long '.repeat(9000))),
      metadata: fc.oneof(metadata, fc.constant({ level: 'INFO' })),
    });
    const wholes = fc.array(fc.record({ event, time: fc.nat() }), { maxLength: 40 });
    fc.assert(
      fc.property(wholes, (list) => {
        const signals = list.map(({ time, event: given }) => ({ ...eventAt(time, ''), event: { ...eventAt(time, '').event, ...given } }));
        expect(JSON.stringify(there(signals).signals)).to.equal(JSON.stringify(signals));
      }),
      { numRuns: 300 },
    );
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

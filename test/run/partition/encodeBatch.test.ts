import { expect } from 'chai';
import fc from 'fast-check';
import type { Event } from '../../../src/event.ts';
import { listBuffers, decodeBatch, encodeBatch } from '../../../src/run/partition/encodeBatch.ts';
import type { PartitionBatch } from '../../../src/run/partition/partition.ts';

/** What JSON holds, and what it does not: lone surrogates, keys like `__proto__` and `toJSON`, numbers without an end. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud800', 'ÿĀ', '__proto__', 'toJSON', '12'));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    ...[text, fc.double(), fc.constantFrom(-0, Infinity, NaN, 1.5), fc.boolean(), fc.constant(null)],
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}));
const stamp = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString());
const event = fc.record({
  id: text,
  timestamp: fc.oneof(stamp, text),
  source: text,
  group_id: text,
  text,
  metadata: fc.dictionary(text, value, { maxKeys: 4 }),
});
const signal = fc.oneof(
  fc.record({ kind: fc.constant('event'), time: fc.integer(), key: text, event: event as fc.Arbitrary<Event> }),
  fc.record({ kind: fc.constant('event'), time: fc.integer(), key: text, event: event as fc.Arbitrary<Event>, late: fc.constant(true) }),
  fc.record({ kind: fc.constant('vectors'), time: fc.integer(), key: text, vectors: fc.constant([]) }),
);
const batch = fc.array(signal, { maxLength: 12 }).map((signals): PartitionBatch => ({
  signals,
  records: Int32Array.from(signals, (_, i) => i * 2),
  before: Float64Array.from(signals, (_, i) => (i === 0 ? Number.NEGATIVE_INFINITY : i)),
  behind: 99,
}));

describe('a batch between threads', () => {
  it('is the same on the other side, whatever is in its records', () => {
    fc.assert(
      fc.property(batch, (given) => {
        const encoded = encodeBatch(given);
        const there = decodeBatch(structuredClone(encoded, { transfer: listBuffers(encoded) }));
        expect(there).to.deep.equal(structuredClone({ ...given, records: there.records, before: there.before }));
        expect(JSON.stringify(there.signals)).to.equal(JSON.stringify(given.signals));
      }),
      { numRuns: 500 },
    );
  });
});

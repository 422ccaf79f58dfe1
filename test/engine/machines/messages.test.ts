import { expect } from 'chai';
import type { Arrival } from '../../../src/arrival.ts';
import {
  decodeArrivals,
  decodeLeaving,
  decodeMade,
  decodeState,
  decodeWork,
  encodeArrivals,
  encodeLeaving,
  encodeMade,
  encodeState,
  encodeWork,
} from '../../../src/engine/machines/messages.ts';
import { many } from '../../../src/run/partition/partition.ts';
import { eventAt } from '../../support/fakes.ts';

const signals = [eventAt(1, 'a'), { ...eventAt(2, 'é €'), borrowed: true as const }, eventAt(3, '')];
const counters = { in: 3, forwarded: 2, consumed: 1, refused: 0, emitted: 0, evicted: 0 };
const arrivals: readonly Arrival[] = [
  { source: 'in', at: 5, records: signals, given: 3, left: 0, position: { offset: 7 }, watermark: undefined, clock: [1, null] },
  { source: null, at: 6, records: [], given: 0, left: 0 },
];
const batch = { signals, records: Int32Array.of(0, 4, 9), before: Float64Array.of(Number.NEGATIVE_INFINITY, 1, 2), behind: 3 };
const output = {
  results: Int32Array.of(0, many, 1),
  names: ['t1'],
  several: [[{ signal: signals[0]! }, { marked: 1 }, { others: true as const }]],
  ticks: [{ time: 4, key: 'k', after: -1, outputs: [{ failed: { message: 'm', stack: undefined } }] }],
  counters,
};
const leaving = { newest: null, sinks: [signals, []] };

describe('what travels on an engine', () => {
  const kinds: [string, object, (value: never) => Uint8Array, (content: Uint8Array) => unknown][] = [
    ['arrivals', arrivals, encodeArrivals, decodeArrivals],
    ['the work of a partition', batch, encodeWork, decodeWork],
    ['what a partition made', output, encodeMade, decodeMade],
    ['what leaves the desk', leaving, encodeLeaving, decodeLeaving],
  ];
  for (const [what, value, encode, decode] of kinds) {
    it(`is read elsewhere as it was written, and here is what was written: ${what}`, () => {
      const content = encode(value as never);
      expect(decode(Uint8Array.from(content))).to.deep.equal(value);
      expect(decode(Uint8Array.from(content))).to.not.equal(value);
      expect(decode(content)).to.equal(value);
    });
  }

  it('is a state that each reader has for himself', () => {
    const state = { a: [1, null, { b: 'é' }] };
    const content = encodeState(state);
    expect(decodeState(content)).to.deep.equal(state);
    expect(decodeState(content)).to.not.equal(decodeState(content));
  });
});

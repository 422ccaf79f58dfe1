import { expect } from 'chai';
import fc from 'fast-check';
import { largestDisorder, latenessFor, ReorderBuffer } from '../../../src/run/intake/reorderBuffer.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';

const minute = 60_000;

function ordered(times: readonly number[], lateness = 0): number[] {
  const out: number[] = [];
  const emit = (record: Signal) => void out.push(record.time);
  const buffer = new ReorderBuffer();
  buffer.expect(lateness);
  for (const time of times) buffer.push(eventAt(time), emit);
  buffer.flush(emit);
  return out;
}

/** Times that step forward by up to a minute, each held up by up to so many milliseconds. */
const disordered = (most: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: minute }), fc.integer({ min: 0, max: most })), { minLength: 1, maxLength: 120 })
    .map((steps) => {
      let time = 0;
      const lines = steps.map(([step, delay]) => ({ time: (time += step), arrives: time + delay }));
      return lines.toSorted((a, b) => a.arrives - b.arrives).map((line) => line.time);
    });

describe('finite input in order', () => {
  it('waits for nothing while nothing is out of order', () => {
    const out: number[] = [];
    const buffer = new ReorderBuffer();
    for (const time of [1, 2, 2, 3]) buffer.push(eventAt(time), (record) => void out.push(record.time));
    expect(out).to.deep.equal([1, 2, 2, 3]);
    expect(buffer.waiting).to.equal(0);
  });

  it('is sorted where no record lies further behind than the lateness', () => {
    fc.assert(
      fc.property(disordered(2 * minute), (times) => {
        const lateness = latenessFor(largestDisorder(times));
        expect(ordered(times, lateness)).to.deep.equal(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('grows its lateness with the disorder it meets, and loses and doubles nothing meanwhile', () => {
    fc.assert(
      fc.property(disordered(30 * minute), (times) => {
        const out = ordered(times);
        expect(out.toSorted((a, b) => a - b)).to.deep.equal(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
    expect([0, 5, 3 * minute, 600 * minute].map(latenessFor)).to.deep.equal([0, 2 * minute, 3 * minute, 60 * minute]);
  });

  it('keeps the order of equal times', () => {
    const out: string[] = [];
    const buffer = new ReorderBuffer();
    buffer.expect(minute);
    for (const text of ['a', 'b', 'c', 'd'])
      buffer.push(eventAt(1, text), (record) => void out.push((record as { event: { text: string } }).event.text));
    buffer.flush((record) => void out.push((record as { event: { text: string } }).event.text));
    expect(out).to.deep.equal(['a', 'b', 'c', 'd']);
  });
});

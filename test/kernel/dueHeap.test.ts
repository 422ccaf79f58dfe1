import { expect } from 'chai';
import fc from 'fast-check';
import { DueHeap } from '../../src/kernel/dueHeap.ts';

describe('the heap of due times', () => {
  it('has no time and no key when it is empty', () => {
    const heap = new DueHeap();
    expect([heap.nextTime, heap.first(), heap.of('a')]).to.deep.equal([Number.POSITIVE_INFINITY, undefined, null]);
  });

  it('gives the earliest first, and of one time the keys in their order', () => {
    const heap = new DueHeap();
    for (const [key, time] of [
      ['b', 5],
      ['c', 3],
      ['a', 5],
    ] as const)
      heap.set(key, time);
    expect(taken(heap)).to.deep.equal(['c@3', 'a@5', 'b@5']);
  });

  it('holds one time a key, the last that was set', () => {
    const heap = new DueHeap();
    heap.set('a', 9);
    heap.set('a', 2);
    heap.set('b', 4);
    heap.set('a', 7);
    heap.set('b', null);
    expect([heap.of('a'), heap.of('b'), ...taken(heap)]).to.deep.equal([7, null, 'a@7']);
  });

  it('gives what a sorted list would, whatever is set and cleared', () => {
    const change = fc.tuple(fc.constantFrom(...'abcdefgh'), fc.option(fc.nat(20), { nil: null }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
        const heap = new DueHeap();
        const plain = new Map<string, number>();
        for (const [key, time] of changes) {
          heap.set(key, time);
          if (time === null) plain.delete(key);
          else plain.set(key, time);
          expect(heap.nextTime).to.equal(Math.min(...plain.values()));
        }
        const sorted = [...plain].toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([key, time]) => `${key}@${time}`);
        expect(taken(heap)).to.deep.equal(sorted);
      }),
    );
  });
});

/** What comes out when each is taken in turn. */
function taken(heap: DueHeap): string[] {
  const out: string[] = [];
  for (let first = heap.first(); first; first = heap.first()) {
    out.push(`${first.key}@${first.time}`);
    heap.set(first.key, null);
  }
  return out;
}

import { expect } from 'chai';
import fc from 'fast-check';
import { Tails, type TailState } from '../../../src/safeguards/adaptive/tails.ts';

/** A row of one tail. */
class Tail {
  readonly #tails: Tails;

  constructor(memory: number, states?: TailState[]) {
    this.#tails = new Tails(memory, 1, states);
  }

  score(value: number): number {
    this.#tails.begin();
    return this.#tails.score(0, value);
  }

  save(): TailState[] {
    return this.#tails.save();
  }
}

/** A tail that has seen these values, with a memory so long that nothing fades. */
function taught(values: number[], memory = 1e15): Tail {
  const tail = new Tail(memory);
  for (const value of values) tail.score(value);
  return tail;
}

const oneTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('Tails', () => {
  it('scores nothing until it has seen 33 values', () => {
    const tail = new Tail(1000);
    const scores = Array.from({ length: 33 }, () => tail.score(1));
    expect(Math.max(...scores)).to.equal(0);
    expect(tail.score(2)).to.be.above(0);
  });

  it('gives -log10 of (33 / n) * exp(-(x - u) / s)', () => {
    // Of e^(n/33), n to 330, the largest 33 span a factor of e: their mean excess is more than half of the smallest.
    const values = oneTo(330).map((n) => Math.exp(n / 33));
    const kept = values.slice(-33);
    const [u] = kept;
    const excess = kept.reduce((sum, value) => sum + value - u!, 0) / 33;
    expect(excess).to.be.above(u! / 2);
    expect(taught(values).score(u! + excess * Math.LN10)).to.be.closeTo(1 + 1, 1e-9);
  });

  it('scores 0 in the body, below the values kept', () => {
    const tail = taught(oneTo(330));
    expect(tail.score(297.999)).to.equal(0);
    expect(tail.score(1)).to.equal(0);
  });

  it('counts at most 2,000 points, so that long series are judged like short ones', () => {
    const flat = (n: number) => taught([...oneTo(33), ...Array.from({ length: n }, () => 0)]).score(2);
    expect(flat(1967)).to.be.above(flat(1000));
    expect(flat(50_000)).to.be.closeTo(flat(1967), 1e-9);
  });

  it('takes the excess for at least half the threshold, so that growth is no rarity', () => {
    const tail = taught(oneTo(40).map(() => 5));
    expect(tail.score(6)).to.be.closeTo(Math.log10(40 / 33) + 1 / 2.5 / Math.LN10, 0.01);
  });

  it('takes any excess over nothing as rarest, up to 50', () => {
    expect(taught(oneTo(40).map(() => 0)).score(1e-9)).to.equal(50);
  });

  it('lets an old outage fade, so that it does not hide the next', () => {
    const outage = Array.from({ length: 40 }, () => 1000);
    const calm = (n: number): number[] => Array.from({ length: n }, (_, i) => 1 + (i % 7) / 10);
    expect(taught([...outage, ...calm(100)], 1000).score(500)).to.equal(0);
    expect(taught([...outage, ...calm(20_000)], 1000).score(500)).to.be.above(3);
  });

  it('never returns less than 0 or more than 50, for any values', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e150, noNaN: true }), { maxLength: 300 }), (values) => {
        const tail = new Tail(100);
        for (const value of values) expect(tail.score(value)).to.be.within(0, 50);
      }),
    );
  });

  it('goes on from its JSON as if never stopped', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 40, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.nat(200), (all, cut) => {
        const tail = taught(all.slice(0, cut), 500);
        const again = new Tail(500, JSON.parse(JSON.stringify(tail.save())));
        for (const value of all.slice(cut)) expect(again.score(value)).to.equal(tail.score(value));
      }),
    );
  });

  it('asks each tail of a row as if it were alone', () => {
    const points = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 200 });
    fc.assert(
      fc.property(points, (all) => {
        const row = new Tails(20, 2);
        const alone = [new Tail(20), new Tail(20)];
        for (const point of all) {
          row.begin();
          expect(point.map((value, i) => row.score(i, value))).to.deep.equal(point.map((value, i) => alone[i]!.score(value)));
        }
        expect(row.save()).to.deep.equal(alone.flatMap((tail) => tail.save()));
      }),
    );
  });
});

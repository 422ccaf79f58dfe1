import { expect } from 'chai';
import { forecast, type Bucket } from '../../../src/safeguards/budget/forecast.ts';
import { normalCdf, z80 } from '../../../src/safeguards/budget/normal.ts';

const full = (...spent: number[]): Bucket[] => spent.map((value) => ({ spent: value, coverage: 1 }));

/** A repeatable stream of numbers in (0, 1): Lehmer's generator, modulus 2^31 - 1. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('forecast', () => {
  it('goes on at a steady pace without doubt', () => {
    const result = forecast({ buckets: full(10, 10, 10, 10), spent: 40, remaining: 6, limit: 100 });
    expect(result).to.deep.equal({
      expected: 100,
      low: 100,
      high: 100,
      pBreach: 1,
      ifNormal: 100,
      confidence: 'normal',
      buckets: 4,
    });
    expect(forecast({ buckets: full(10, 10, 10, 10), spent: 40, remaining: 6, limit: 100.01 }).pBreach).to.equal(0);
  });

  it('has low confidence below three full buckets, and then a wide interval', () => {
    const few = forecast({
      buckets: [...full(10, 10), { spent: 9, coverage: 0.7 }],
      spent: 29,
      remaining: 7,
      limit: 100,
    });
    expect(few.confidence).to.equal('low');
    expect(few.ifNormal).to.equal(null);
    expect(few.high / few.low).to.be.greaterThan(2);
    expect(forecast({ buckets: full(10, 10, 10), spent: 30, remaining: 7, limit: 100 }).confidence).to.equal('normal');
  });

  it('follows a change of pace, and says where a return to the median would end', () => {
    const { expected, ifNormal, pBreach } = forecast({
      buckets: full(10, 10, 10, 10, 10, 40, 40),
      spent: 130,
      remaining: 10,
      limit: 300,
    });
    expect(expected).to.be.within(330, 400);
    expect(ifNormal).to.equal(230);
    expect(pBreach).to.be.within(0.5, 0.9);
  });

  it('knows what is past: a period that is over ends where it stands', () => {
    const over = (limit: number) => forecast({ buckets: full(1, 2, 3), spent: 50, remaining: 0, limit });
    expect([over(51), over(50)].map(({ expected, low, high, pBreach }) => [expected, low, high, pBreach])).to.deep.equal([
      [50, 50, 50, 0],
      [50, 50, 50, 1],
    ]);
  });

  it('expects nothing of an empty past, and takes a balance of credits for what it is', () => {
    expect(forecast({ buckets: [], spent: 0, remaining: 5, limit: 10 })).to.deep.include({
      expected: 0,
      low: 0,
      high: 0,
      pBreach: 0,
    });
    const credited = forecast({ buckets: full(-5, -6, -4), spent: -15, remaining: 2, limit: 10 });
    expect(credited.expected).to.be.closeTo(-25, 1);
    expect(credited.low).to.be.lessThan(credited.expected);
    expect(credited.pBreach).to.be.lessThan(0.01);
  });

  it('is right about as often as it says, on 4,000 months of skewed days', () => {
    const random = lehmer(20_260_314);
    // Days log-normal with sigma 0.5: the middle 80 % of one day spans a factor of 3.6.
    const day = () => Math.exp(0.5 * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
    let inside = 0;
    let breaches = 0;
    let promised = 0;
    for (let month = 0; month < 4_000; month += 1) {
      const past = Array.from({ length: 12 }, day);
      const spent = past.reduce((a, b) => a + b);
      const end = spent + Array.from({ length: 18 }, day).reduce((a, b) => a + b);
      const { low, high, pBreach } = forecast({ buckets: full(...past), spent, remaining: 18, limit: 36 });
      if (end >= low && end <= high) inside += 1;
      if (end >= 36) breaches += 1;
      promised += pBreach;
    }
    expect(inside / 4_000).to.be.within(0.75, 0.87);
    // It errs on the side of warning.
    expect((promised - breaches) / 4_000).to.be.within(0, 0.1);
  });
});

describe('normalCdf', () => {
  const table: [number, number][] = [
    [0, 0.5],
    [z80, 0.9],
    [-z80, 0.1],
    [1.96, 0.9750021],
    [-3, 0.0013499],
    [9, 1],
  ];
  for (const [z, p] of table) it(`is ${p} at ${z}`, () => void expect(normalCdf(z)).to.be.closeTo(p, 1e-7));
});

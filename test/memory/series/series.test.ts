import { expect } from 'chai';
import fc from 'fast-check';
import { Scanner } from '../../../src/memory/scan/scanner.ts';
import { isMeasure } from '../../../src/memory/series/measureNames.ts';
import { readNumber } from '../../../src/memory/series/readNumber.ts';
import { addValue, fromScale, quantiles, startSketch, toScale } from '../../../src/memory/series/sketch.ts';

/** Numbers that look like chance, the same for the same seed. */
function chances(seed: number): () => number {
  let x = seed >>> 0;
  return () => {
    x = (x + 0x6d2b79f5) >>> 0;
    let t = Math.imul(x ^ (x >>> 15), 1 | x);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('numbers in lines', () => {
  const numbers: [text: string, value: number | null, kind?: string][] = [
    ['12', 12, 'integer'],
    ['1,204', 1204, 'integer'],
    ['-3', -3, 'integer'],
    ['0.75', 0.75, 'decimal'],
    ['98%', 98, 'integer'],
    ['12ms', 12, 'duration'],
    ['1.5 s', 1500, 'duration'],
    ['2 minutes', 120_000, 'duration'],
    ['250µs', 0.25, 'duration'],
    ['64 MB', 64 * 1024 ** 2, 'size'],
    ['12/34', null],
    ['12 apples', null],
    ['1.2.3', null],
    ['0x1f', null],
    ['', null],
  ];
  for (const [text, value, kind] of numbers)
    it(`are read with their units: ${JSON.stringify(text)}`, () =>
      expect(readNumber(text)).to.deep.equal(value === null ? null : { value, kind }));

  it('made of digits alone are read the same off the bytes of the line', () => {
    const scanner = new Scanner({ maxTokens: 16, maxBytes: 64 });
    fc.assert(
      fc.property(fc.nat(), (n) => {
        const line = `took ${n} times`;
        scanner.scan(line);
        return scanner.countAt(5, 5 + String(n).length) === n && scanner.countAt(0, 4) === -1 && readNumber(String(n))!.value === n;
      }),
    );
  });

  it('beside a line are amounts by the names of their fields', () => {
    for (const name of ['duration_ms', 'bytes', 'responseTime', 'request_time', 'lag', 'queue.depth'])
      expect(isMeasure(name), name).to.equal(true);
    for (const name of ['pid', 'user_id', 'timestamp', 'status_code', 'port', 'line', 'ts', 'level'])
      expect(isMeasure(name), name).to.equal(false);
  });
});

describe('a sketch', () => {
  it('gives quantiles to a tenth, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1, maxLength: 300 }), (values) => {
        const sketch = startSketch();
        for (const value of values) addValue(sketch, value, 'integer');
        const sorted = [...values].sort((a, b) => a - b);
        const found = quantiles(sketch, [0.5, 0.95]).map((at) => fromScale(at, 'integer'));
        [0.5, 0.95].forEach((share, q) => {
          const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
          expect(Math.abs(toScale(found[q]!, 'integer') - toScale(exact, 'integer'))).to.be.at.most(0.0501);
        });
      }),
    );
  });

  it('holds fewer than a thousand bins, however many values there are', () => {
    const sketch = startSketch();
    const chance = chances(3);
    for (let i = 0; i < 100_000; i++) addValue(sketch, 10 ** (chance() * 18) * (i % 2 ? 1 : -1), 'decimal');
    expect(sketch.bins.size).to.be.below(1000);
  });
});

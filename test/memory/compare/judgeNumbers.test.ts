import { expect } from 'chai';
import { judgeNumbers, type Numbers } from '../../../src/memory/compare/judgeNumbers.ts';
import { addValue, startSketch } from '../../../src/memory/series/sketch.ts';

function numbers(values: readonly number[]): Numbers {
  const sketch = startSketch();
  let [changes, rises] = [0, 0];
  values.forEach((value, i) => {
    addValue(sketch, value, 'duration');
    if (i > 0 && value !== values[i - 1]) changes += 1;
    if (i > 0 && value > values[i - 1]!) rises += 1;
  });
  return { sketch, changes, rises };
}
/** Around a middle, evenly spread by a fifth of it. */
const around = (middle: number, many = 200) =>
  numbers(Array.from({ length: many }, (_, i) => middle * (0.8 + 0.4 * (((i * 37) % 100) / 100))));

describe('numbers held against those before', () => {
  it('that have doubled have moved, by that factor, with what they were and are', () => {
    const move = judgeNumbers(around(50), around(100), 'duration')!;
    expect(move.quantile).to.equal('p50');
    expect(move.factor).to.be.closeTo(2, 0.15);
    expect([move.before, move.after].map(Math.round)).to.satisfy(([a, b]: number[]) => a! > 45 && a! < 55 && b! > 90 && b! < 110);
    expect(move.bits).to.be.above(8);
  });

  it('that are as they were have not', () => {
    expect(judgeNumbers(around(50), around(52), 'duration')).to.equal(null);
  });

  it('of which only the largest have grown have moved in their tail', () => {
    const tail = numbers(Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 900 : 40 + ((i * 37) % 20))));
    expect(judgeNumbers(around(50), tail, 'duration')).to.include({ quantile: 'p95' });
  });

  it('that are few, count up, or are names say nothing', () => {
    const counter = (from: number) => numbers(Array.from({ length: 200 }, (_, i) => from + i));
    const name = (value: number) => numbers(Array<number>(200).fill(value));
    expect(judgeNumbers(around(50), around(100, 10), 'duration')).to.equal(null);
    expect(judgeNumbers(counter(100), counter(10_000), 'integer')).to.equal(null);
    expect(judgeNumbers(name(8080), name(9090), 'integer')).to.equal(null);
  });
});

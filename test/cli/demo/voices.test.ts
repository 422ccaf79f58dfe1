import { expect } from 'chai';
import { Dice, second, speak } from '../../../src/cli/demo/voices.ts';

const write = (_voice: unknown, time: number, text: string) => `${time} ${text}`;
const read = (log: string) =>
  log
    .split('\n')
    .filter(Boolean)
    .map((text) => text.split(' '));

describe('the voices of a demo', () => {
  it('speak at their pace, a tenth to and fro, between their own times and those of the log', () => {
    const log = speak([{ every: 10 * second, from: 60 * second, until: 300 * second, say: () => 'a' }], {
      start: 0,
      end: 600 * second,
      write,
    });
    const times = read(log).map(([time]) => Number(time));
    expect(times).to.have.length.within(23, 24);
    for (const [i, time] of times.entries()) if (i > 0) expect(time - times[i - 1]!).to.be.within(9 * second, 11 * second);
    expect(times[0]).to.be.at.least(60 * second);
    expect(times.at(-1)).to.be.below(302 * second);
  });

  it('are mixed in order of time, none after the end', () => {
    const voices = ['a', 'b'].map((text) => ({ every: 3 * second, say: () => text }));
    const rows = read(speak(voices, { start: 0, end: 100 * second, write }));
    expect(new Set(rows.map(([, text]) => text))).to.deep.equal(new Set(['a', 'b']));
    const times = rows.map(([time]) => Number(time));
    expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).to.be.below(100 * second);
  });

  it('draw the same from the same seed, each number below what is asked', () => {
    const draw = (seed: number) => {
      const dice = new Dice(seed);
      return Array.from({ length: 1000 }, () => dice.below(6));
    };
    expect(draw(7)).to.deep.equal(draw(7));
    expect(draw(7)).not.to.deep.equal(draw(8));
    expect(new Set(draw(7))).to.deep.equal(new Set([0, 1, 2, 3, 4, 5]));
  });
});

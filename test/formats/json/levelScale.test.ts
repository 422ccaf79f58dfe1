import { expect } from 'chai';
import { levelOnScale, settleScale } from '../../../src/formats/json/levelScale.ts';

describe('numbers as levels', () => {
  const scales: [values: number[], scale: string | null][] = [
    [[30, 30, 50], 'tens'],
    [[10, 25, 40], 'tens'],
    [[16], null],
    [[7, 6, 6, 3], 'syslog'],
    [[0, 1, 1, 2], 'rising'],
    [[20000, 40000], 'thousands'],
    [[200, 502], null],
    [[1.5], null],
    [[], null],
  ];
  for (const [values, scale] of scales)
    it(`${values.join(', ') || 'none'}: ${scale ?? 'no scale'}`, () => expect(settleScale(values)).to.equal(scale));

  it('of syslog fall with trouble, all others rise', () => {
    expect([3, 4, 6].map((value) => levelOnScale(value, 'syslog'))).to.deep.equal(['ERROR', 'WARN', 'INFO']);
    expect([3, 2, 1].map((value) => levelOnScale(value, 'rising'))).to.deep.equal(['ERROR', 'WARN', 'INFO']);
    expect([50, 40, 30].map((value) => levelOnScale(value, 'tens'))).to.deep.equal(['ERROR', 'WARN', 'INFO']);
    expect([40_000, 30_000, 20_000].map((value) => levelOnScale(value, 'thousands'))).to.deep.equal(['ERROR', 'WARN', 'INFO']);
  });
});

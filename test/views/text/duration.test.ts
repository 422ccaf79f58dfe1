import { expect } from 'chai';
import { age, duration, offset, took } from '../../../src/views/text/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a length of time', () => {
  for (const [ms, text] of [
    [0, '0s'],
    [240, '240ms'],
    [6 * second, '6s'],
    [14 * minute + 20 * second, '14m 20s'],
    [6 * hour + 17 * minute + 59 * second, '6h 17m'],
    [30 * hour, '30h'],
    [3 * day + 4 * hour, '3d 4h'],
    [-90 * second, '-1m 30s'],
    [Number.POSITIVE_INFINITY, '-'],
  ] as const)
    it(`of ${ms} ms is ${text}`, () => expect(duration(ms)).to.equal(text));

  it('that something lasts is one unit below an hour, and never ahead of itself', () => {
    expect([59_999, 9 * minute + 59 * second, 6 * hour + 17 * minute, -5].map(age)).to.deep.equal(['59s', '9m', '6h 17m', '0s']);
  });

  it('that something took has a tenth of a second below a minute', () => {
    expect([240, 41_299, 200 * second].map(took)).to.deep.equal(['240ms', '41.2s', '3m 20s']);
  });

  it('from a start has a sign', () => {
    expect([100 * second, -452 * second, hour + 123 * second].map(offset)).to.deep.equal(['+1:40', '-7:32', '+1:02:03']);
  });
});

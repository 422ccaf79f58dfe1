import { expect } from 'chai';
import { emptyStamp } from '../../../src/formats/time/stamp.ts';
import { scanTai } from '../../../src/formats/time/taiStamp.ts';

describe('a label of TAI64', () => {
  const cases: [label: string, time: string | null][] = [
    ['@4000000037c219bf', '1999-08-24T04:04:05.000Z'],
    ['@4000000037c219bf2ef02e94', '1999-08-24T04:04:05.787Z'],
    ['@4000000037c219bf2ef02e94 up', '1999-08-24T04:04:05.787Z'],
    ['@4000000037c219bf2ef02e94a', null],
    ['@37c219bf', null],
    ['@someone', null],
  ];
  for (const [label, time] of cases) {
    it(`${label} is ${time ?? 'none'}`, () => {
      const stamp = emptyStamp();
      expect(scanTai(label, 0, stamp) ? new Date(stamp.epoch).toISOString() : null).to.equal(time);
    });
  }
});

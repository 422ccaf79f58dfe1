import { expect } from 'chai';
import fc from 'fast-check';
import { bitsByChance, startRecord, takeLook } from '../../../../src/findings/rules/falseAlarms/alarmRecord.ts';
import { seeded } from '../../../../bench/support/seeded.ts';
import { width } from '../../../support/blips.ts';

const calm = () => false;

describe('the record of a group', () => {
  it('counts the windows in which nothing was looked at as windows in which chance gave nothing', () => {
    const every = startRecord();
    const some = startRecord();
    for (let n = 1; n <= 500; n++) {
      const at = { pattern: 'a', start: (n - 1) * width, end: n * width, isTroubled: calm };
      takeLook(every, { ...at, bits: n % 5 === 0 ? 6 : 0 });
      if (n % 5 === 0) takeLook(some, { ...at, bits: 6 });
    }
    expect(some.windows).to.be.closeTo(every.windows, 5);
    expect(bitsByChance(some, 0.001)).to.be.closeTo(bitsByChance(every, 0.001)!, 0.1);
  });

  it('never asks for fewer bits the smaller the chance (property)', () => {
    const draw = seeded(9);
    const record = startRecord();
    for (let n = 1; n <= 300; n++)
      takeLook(record, { pattern: 'a', start: (n - 1) * width, end: n * width, bits: 20 * draw(), isTroubled: calm });
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.double({ min: 1, max: 100, noNaN: true }), (chance, times) => {
        expect(bitsByChance(record, chance / times)).to.be.at.least(bitsByChance(record, chance)!);
      }),
    );
    expect(bitsByChance(startRecord(), 0.1)).to.equal(null);
  });

  it('counts the patterns that were seen in the last day', () => {
    const record = startRecord();
    const at = (pattern: string, n: number) =>
      takeLook(record, { pattern, start: (n - 1) * width, end: n * width, bits: 0, isTroubled: calm });
    at('once', 1);
    for (let n = 2; n < 400; n++) at('often', n);
    expect([...record.patterns.keys()]).to.deep.equal(['often']);
  });
});

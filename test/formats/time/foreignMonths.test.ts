import { expect } from 'chai';
import { foreignMonthAt } from '../../../src/formats/time/foreignMonths.ts';

describe('a month in another language', () => {
  for (const [text, index] of [
    ['März 2026', 2],
    ['mrz. 14', 2],
    ['août-2026', 7],
    ['DEZEMBER 2026', 11],
    ['ene/2026', 0],
    ['outubro 3', 9],
  ] as const)
    it(`${text} is the month ${index + 1}`, () => expect(foreignMonthAt(text, 0)?.index).to.equal(index));

  for (const text of ['mars rover', 'set', 'set to 5', 'Mai', 'avrilx 3', 'xx 3', 'août   2026'])
    it(`${text} names none`, () => expect(foreignMonthAt(text, 0)).to.equal(null));

  it('ends behind its point', () => expect(foreignMonthAt('14 déc. 2026', 3)).to.deep.equal({ index: 11, end: 7 }));
});

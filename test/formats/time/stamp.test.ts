import { expect } from 'chai';
import { clearStamp, digitRun, emptyStamp, monthAt, numberAt, weekdayAt } from '../../../src/formats/time/stamp.ts';

describe('the parts of a stamp', () => {
  it('are months in any case, whole or short, English or of a neighbour', () => {
    const months = ['May 1', 'JUNE', 'Sept 3', 'dec.', 'Mai 3', 'février 3', 'Juneau', 'Marching', 'Ma', ''];
    expect(months.map((text) => monthAt(text, 0)?.index ?? null)).to.deep.equal([4, 5, 8, 11, 4, 1, null, null, null, null]);
    expect(monthAt('x June 3', 2)).to.deep.equal({ index: 5, end: 6 });
  });

  it('are days of the week', () => {
    expect(['Mon ', 'thursday', 'Thur 3', 'Sun,', 'Sunny', 'So'].map((text) => weekdayAt(text, 0)?.index ?? null)).to.deep.equal([
      0,
      3,
      3,
      6,
      null,
      null,
    ]);
  });

  it('are runs of digits, and numbers in them', () => {
    expect([digitRun('a123b', 1), digitRun('a', 1), digitRun('9'.repeat(30), 0)]).to.deep.equal([3, 0, 20]);
    expect(numberAt('x0420', 1, 3)).to.equal(42);
  });

  it('are gone when it is cleared', () => {
    const stamp = { ...emptyStamp(), year: 2024, month: 6, day: 3, ms: 5, zone: 0, epoch: 1, timed: true, open: 'long' as const };
    clearStamp(stamp);
    expect(stamp).to.deep.equal(emptyStamp());
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { bar, trend } from '../../../src/views/text/trend.ts';

describe('trend', () => {
  it('has twelve cells on its own scale, zero a dot, any count a mark', () => {
    expect(trend([0, 1, 50, 100], false)).to.equal('·········▁▄█');
    expect(trend(Array<number>(12).fill(0), false)).to.equal('············');
    expect(
      trend(
        Array.from({ length: 20 }, (_, n) => n),
        false,
      ),
    ).to.have.length(12);
  });
  it('is ASCII where that is asked for', () => {
    expect(trend([0, 1, 2, 3, 4, 5, 6, 7], true, 8)).to.equal(' .:-=+*#');
  });
  it('shows every count that is not zero, and the largest in full (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 12, maxLength: 12 }), (counts) => {
        const cells = trend(counts, false);
        for (const [n, value] of counts.entries()) expect(cells[n] === '·').to.equal(value === 0);
        if (Math.max(...counts) > 0) expect(cells[counts.indexOf(Math.max(...counts))]).to.equal('█');
      }),
    );
  });
  it('draws bars in eighths', () => {
    expect(bar(2.5, 8, false)).to.equal('██▌');
    expect(bar(99, 3, false)).to.equal('███');
    expect(bar(2.6, 8, true)).to.equal('###');
    expect(bar(-1, 8, false)).to.equal('');
  });
});

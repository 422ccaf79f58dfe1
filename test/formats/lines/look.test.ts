import { expect } from 'chai';
import { look } from '../../../src/formats/lines/look.ts';

const seen = (text: string) =>
  look(text).seen.map(({ place, alone, levelBehind, levelSecond }) => [place, alone, levelBehind, levelSecond]);

describe('what a line shows of its stamp', () => {
  it('is its place, and the level behind it or behind a name behind it', () => {
    expect(seen('2024-06-03 10:00:00 error x')).to.deep.equal([['start', false, true, '']]);
    expect(seen('2024-06-03 10:00:00 e x')).to.deep.equal([['start', false, true, '']]);
    expect(seen('2024-06-03 10:00:00 cart Error [x]')).to.deep.equal([['start', false, false, 'Error']]);
    expect(seen('2024-06-03 10:00:00 cart errors')).to.deep.equal([['start', false, false, '']]);
  });

  it('is whether it is all there is', () => {
    expect(seen('M Mon Jun  3 10:00:00 2024 ')[0]).to.deep.equal(['t1', true, false, '']);
    expect(seen('a\tb c\t2024-06-03 10:00:00 x')[0]).to.deep.equal(['tab2', false, false, '']);
  });
});

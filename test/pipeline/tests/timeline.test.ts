import { expect } from 'chai';
import { timeline } from '../../../src/pipeline/tests/timeline.ts';

const minute = 60_000;
const came = [
  { offset: 0, fits: false },
  { offset: 4 * minute, fits: true },
  { offset: 4 * minute, fits: false },
];

describe('when something was expected and when it came', () => {
  it('stand under each other', () => {
    expect(timeline(came, { at: 3 * minute }, minute)).to.deep.equal(['  expected  ---x-  a character is 1m', '  actual    ?---x']);
  });

  it('show a stretch in which it may come, and none when nothing may', () => {
    expect(timeline(came, { after: minute, by: 2 * minute }, minute)[0]).to.equal('  expected  -==--  a character is 1m');
    expect(timeline(came, { count: 0 }, minute)[0]).to.equal('  expected  -----  a character is 1m');
  });

  it('fit a line however long the test is', () => {
    for (const days of [1, 30, 4000]) {
      const [expected, actual] = timeline([{ offset: days * 1440 * minute, fits: true }], {}, 1000);
      expect(expected!.length).to.be.lessThan(86);
      expect(actual).to.match(/^ {2}actual {4}-+x$/);
    }
  });
});

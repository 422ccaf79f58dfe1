import { expect } from 'chai';
import { levelScale } from '../../../src/formats/csv/levelScale.ts';

describe('the levels of a table', () => {
  it('know on which scale their levels are', () => {
    expect(levelScale(['1', '1', '3'])).to.equal('rising');
    expect(levelScale(['6', '6', '3'])).to.equal('syslog');
    expect(levelScale(['30', '50'])).to.equal('tens');
    expect(levelScale(['INFO', '3'])).to.equal('words');
    expect(levelScale([])).to.equal('words');
  });
});

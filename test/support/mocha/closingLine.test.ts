import { expect } from 'chai';
import { closingLine } from './closingLine.ts';

describe('the last line of a test run', () => {
  it('counts what passed, failed and was skipped, alone on its line', () => {
    expect(closingLine({ suites: 2, tests: 16, passes: 12, failures: 3, pending: 1 })).to.equal('12 passed, 3 failed, 1 skipped');
  });
});

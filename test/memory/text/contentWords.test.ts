import { expect } from 'chai';
import { contentWords, outcomeKey } from '../../../src/memory/text/contentWords.ts';

describe('content words', () => {
  it('leave out what says nothing', () =>
    expect(contentWords('Failed to read the block from a disk')).to.deep.equal(['failed', 'read', 'block', 'disk']));

  it('tell outcomes apart whatever their form', () => {
    expect(outcomeKey('session opened for user')).to.equal(outcomeKey('Session opens for a user'));
    expect(outcomeKey('session opened for user')).to.not.equal(outcomeKey('session closed for user'));
    expect(outcomeKey('node is reachable')).to.not.equal(outcomeKey('node is not reachable'));
  });
});

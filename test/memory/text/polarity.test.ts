import { expect } from 'chai';
import { readPolarity } from '../../../src/memory/text/polarity.ts';

describe('polarity', () => {
  it('is good, bad, or not said; what is denied turns round', () => {
    expect(['job completed', 'job failed', 'job queued'].map(readPolarity)).to.deep.equal([1, -1, 0]);
    expect(['node is not ready', 'finished without any error', 'no deadlock'].map(readPolarity)).to.deep.equal([-1, 1, 1]);
  });
});

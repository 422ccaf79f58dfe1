import { expect } from 'chai';
import { findLifecycle, findTemporalLabel } from '../../../src/memory/classic/lifecycle.ts';
import { DAY } from '../../../src/memory/classic/weights.ts';

describe('lifecycle', () => {
  it('is new to 14 days, trending to 30, established beyond, bounds inside', () => {
    const ages = [0, 14, 14 + 1e-6, 30, 30 + 1e-6, 1000];
    expect(ages.map((days) => findLifecycle(-days * DAY, 0))).to.deep.equal([
      'new',
      'new',
      'trending',
      'trending',
      'established',
      'established',
    ]);
  });

  it('shows new and trending as they are, all else as known', () => {
    expect((['new', 'trending', 'established'] as const).map(findTemporalLabel)).to.deep.equal(['new', 'trending', 'known']);
  });

  it('takes a member from the future for new', () => expect(findLifecycle(5 * DAY, 0)).to.equal('new'));
});

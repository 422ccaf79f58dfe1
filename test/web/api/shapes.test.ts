import { expect } from 'chai';
import { describeFinding } from '../../../src/cli/recall/describeTarget.ts';
import { contextShape, episodeShape, patternShape } from '../../../src/web/api/shapes.ts';
import { contextResult, episode, spike } from '../../support/views/viewSamples.ts';

const recall = (findings: (typeof episode | typeof spike)[]) => ({
  recall: { version: 1 as const, name: 'orders', inputs: [], by: 'group_id', as_of: episode.updated, radar: null, findings },
  topics: [],
});

describe('shapes of the API', () => {
  it('an episode and another finding have the one that is documented', () => {
    for (const finding of [episode, spike]) {
      const answer = describeFinding({ ...recall([finding]), kind: 'finding', finding }, []);
      expect(episodeShape.parse(answer)).to.deep.equal(answer);
    }
  });

  it('a context has its own, with all or the least of it', () => {
    expect(contextShape.parse(contextResult)).to.deep.equal(contextResult);
    const { query, as_of, searched, nearest } = contextResult;
    expect(contextShape.parse({ query, as_of, searched, nearest })).to.have.all.keys('query', 'as_of', 'searched', 'nearest');
  });

  it('what is no pattern is refused', () => expect(patternShape.safeParse({ kind: 'pattern' }).success).to.equal(false));
});

import { expect } from 'chai';
import { context } from '../../../src/views/explain/context.ts';
import { contextResult } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';
import { plainView } from '../../support/views/plainView.ts';

describePage('context', (view) => context(contextResult, view));

describePage('contextAt', (view) =>
  context(
    {
      ...contextResult,
      query: 'at that time',
      nearest: contextResult.nearest.map((one) => ({ ...one, match: null })),
      past_episodes: [],
    },
    view,
  ),
);

describe('context where there is no screen', () => {
  it('cuts nothing, and keeps its columns apart', () => {
    const text = 'a neighbour that has much to say of when it moved, and of how often';
    const near = { before: [{ text }], during: [{ text }], after: [] };
    const lines = context({ ...contextResult, query: `${text} ${text}`, same_minutes: near }, { ...plainView, uncut: true });
    expect(lines.join('\n')).to.contain(`"${text} ${text}"`).and.to.contain(`${text}  ${text}`).and.not.to.contain('…');
  });
});

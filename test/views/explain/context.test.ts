import { context } from '../../../src/views/explain/context.ts';
import { contextResult } from '../../support/viewSamples.ts';
import { describePage } from '../../support/describePage.ts';

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

import { context } from '../../../src/views/explain/context.ts';
import { contextResult } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

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

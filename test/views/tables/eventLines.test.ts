import { eventLines } from '../../../src/views/tables/eventLines.ts';
import { event } from '../../support/storeFixture.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('eventLines', (view) =>
  eventLines([event('a', 1), { ...event('b', 2, 'app:orders', 'Payment refused\n\tat pay.js:10'), metadata: { level: 'error' } }], view),
);

import { exportedLines } from '../../../src/views/tables/exported.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('exported', (view) =>
  exportedLines(
    {
      format: 'folder',
      path: '/var/backups/caducus/2026/05/04/orders-and-payments',
      events: 1_204_102,
      groups: 6,
      first: '2026-05-04T02:15:00.000Z',
      last: '2026-05-04T10:00:00.000Z',
      unreadable: 2,
      new: 1_204_000,
      there_already: 102,
      topics: 37,
      runs: 6,
    },
    view,
  ),
);

import { groupsTable } from '../../../src/views/tables/groupsTable.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('groupsTable', (view) =>
  groupsTable(
    [
      { group_id: 'app:orders', events: 120_102, first: '2026-05-04T09:00:00Z', last: '2026-05-04T10:00:00Z' },
      { group_id: 'cron:billing', events: 3, first: '2026-05-04T09:00:00Z', last: '2026-05-04T09:38:00Z' },
    ],
    view,
  ),
);

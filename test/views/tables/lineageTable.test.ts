import { lineageTable } from '../../../src/views/tables/lineageTable.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('lineageTable', (view) =>
  lineageTable(
    [
      {
        topic_id: 'k7f2aaaa',
        label: 'session closed for user <*>',
        merged: 'topic',
        from: 'p9xabbbb',
        into: 'k7f2aaaa',
        at: '2026-03-14T03:07:12.104Z',
      },
      {
        topic_id: 'k7f2aaaa',
        label: 'session closed for user <*>',
        merged: 'template',
        from: '6vkzcccc',
        into: '52zmdddd',
        at: '2026-03-13T23:00:16.000Z',
      },
    ],
    view,
  ),
);

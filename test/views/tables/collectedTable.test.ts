import { collectedTable } from '../../../src/views/tables/collectedTable.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('collected', (view) =>
  collectedTable(
    [
      {
        id: 'auth',
        source: 'cloudwatch-logs',
        state: 'done',
        events: 1_204_102,
        rejected: 2,
        removed: 3,
        first: '2026-05-04T02:15:00.000Z',
        last: '2026-05-04T10:00:00.000Z',
        groups: [{ group_id: 'cloudwatch:/aws/lambda/auth', events: 1_204_102 }],
      },
      {
        id: 'orders-dlq',
        source: 'sqs',
        state: 'failed',
        events: 0,
        rejected: 0,
        removed: 0,
        first: null,
        last: null,
        groups: [],
        error: { code: 'CAD065', what: 'no such queue: orders-dlq in eu-west-1' },
      },
    ],
    view,
  ),
);

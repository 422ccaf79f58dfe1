import { differenceLines } from '../../../src/views/tables/difference.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('difference', (view) =>
  differenceLines(
    {
      fresh: [
        { group_id: 'app:orders', label: 'Payment gateway <host> refused <id>: timeout after <n> ms, giving up', score: 88, rank: 1 },
      ],
      gone: [{ group_id: 'cron:billing', label: 'Invoice run <n> done', score: 12, rank: 14 }],
      moved: [
        {
          before: { group_id: 'app:orders', label: 'Retry <n> for <url>', score: 41, rank: 9 },
          after: { group_id: 'app:orders', label: 'Retry <n> for <url>', score: 73, rank: 2 },
        },
      ],
      same: 1_204,
    },
    view,
  ),
);

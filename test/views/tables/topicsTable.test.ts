import { topicsTable } from '../../../src/views/tables/topicsTable.ts';
import { failure, sampleBlip } from '../../support/viewSamples.ts';
import { describePage } from '../../support/describePage.ts';

describePage('topicsTable', (view) =>
  topicsTable(
    [
      failure,
      sampleBlip(),
      sampleBlip({
        topic_id: 'zz',
        group_id: 'cron:billing',
        templates: 3,
        label: 'Invoice run <n> done',
        tier: 'cold',
        weight: 0.2,
        temporal: 'known',
      }),
    ],
    view,
  ),
);

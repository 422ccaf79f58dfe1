import { topicsTable } from '../../../src/views/tables/topicsTable.ts';
import { failure, sampleBlip } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

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

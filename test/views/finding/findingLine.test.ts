import { findingLine } from '../../../src/views/finding/findingLine.ts';
import { episode, quiet, spike } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('findingLines', (view) =>
  [spike, episode, { ...quiet, state: 'resolved' as const }].map((one) => findingLine(one, (id) => id.slice(0, 4), view)),
);

import { finding } from '../../../src/views/finding/finding.ts';
import { spike } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('spikeFinding', (view) => finding(spike, view));

import { finding } from '../../../src/views/finding/finding.ts';
import { spike } from '../../support/viewSamples.ts';
import { describePage } from '../../support/describePage.ts';

describePage('spikeFinding', (view) => finding(spike, view));

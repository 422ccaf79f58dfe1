import { finding } from '../../../src/views/finding/finding.ts';
import { episode } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('episodeFinding', (view) => finding(episode, view));

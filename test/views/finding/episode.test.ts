import { finding } from '../../../src/views/finding/finding.ts';
import { episode } from '../../support/viewSamples.ts';
import { describePage } from '../../support/describePage.ts';

describePage('episodeFinding', (view) => finding(episode, view));

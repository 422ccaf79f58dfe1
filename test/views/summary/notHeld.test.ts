import { notHeld } from '../../../src/views/summary/notHeld.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('notHeld', (view) => notHeld({ late: 3, unknown: 1, overflowed: 1204, templates_evicted: 12, topics_forgotten: 0 }, view));

import type { ConsoleView } from './consoleView.ts';
import { eventsView } from './eventsView.ts';
import { findingsView } from './findingsView.ts';
import { radarView } from './radarView.ts';

/** Shows nothing, and counts. */
const none: ConsoleView<'none'> = { name: 'none', kinds: [], show: () => ({ take: async () => {} }) };

/** Every view of the console; the first is what it shows when none is named. */
export const views = [radarView, eventsView, findingsView, none] as const satisfies readonly ConsoleView[];

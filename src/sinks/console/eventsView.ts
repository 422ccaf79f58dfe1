import { eventLine } from '../../views/tables/eventLines.ts';
import { writeLines, type ConsoleView } from './consoleView.ts';

/** A line an event. */
export const eventsView: ConsoleView<'events'> = {
  name: 'events',
  kinds: ['event'],
  show: (context) => ({
    take: (signals) =>
      writeLines(
        context,
        signals.flatMap((signal) => (signal.kind === 'event' ? [eventLine(signal.event, context.style())] : [])),
      ),
  }),
};

import { writeLines, type ConsoleView } from './consoleView.ts';
import { FindingsPage } from './findingsPage.ts';

/** Findings as they come and go. */
export const findingsView: ConsoleView<'findings'> = {
  name: 'findings',
  kinds: ['finding'],
  show(context) {
    const page = new FindingsPage(context.style);
    return {
      take: (signals) => writeLines(context, page.take(signals.flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : [])))),
    };
  },
};

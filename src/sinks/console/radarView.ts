import { count } from '../../views/text/numbers.ts';
import type { ConsoleView } from './consoleView.ts';
import { RadarPage } from './radarPage.ts';

/** What is unusual now, with the findings that are open. */
export const radarView: ConsoleView<'radar'> = {
  name: 'radar',
  kinds: ['radar', 'finding', 'mark'],
  show(context) {
    const page = new RadarPage(context);
    return {
      take: (signals) => page.take(signals),
      flush: () => page.flush(),
      close: () => page.close(),
      note: () => `${count(page.windows)} ${page.windows === 1 ? 'window' : 'windows'}`,
      figures: () => ({ windows: page.windows }),
    };
  },
};

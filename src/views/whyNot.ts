import type { WhyNot } from '../findings/whyNot.ts';
import { cutTo, heading } from './text/layout.ts';
import { line } from './text/line.ts';
import { title } from './text/paints.ts';
import { datedSpan } from './text/time.ts';
import { usableColumns, type ViewOptions } from './text/viewOptions.ts';

const nameWidth = 12;
const stoppedHere = '   <- stopped here';

/** The way of something through the radar, a line a step, and the one at which it stopped. */
export function whyNotPage({ subject, from, to, steps, stopped }: WhyNot, view: ViewOptions): string[] {
  const range = datedSpan(Date.parse(from), Date.parse(to), view.timeZone);
  let before = '';
  const lines = steps.map(({ stage, text, stopped: isEnd }) => {
    const name = stage === before ? '' : stage;
    before = stage;
    const mark = isEnd ? [{ text: stoppedHere, paint: 'red' as const }] : [];
    const room = usableColumns(view) - nameWidth - (isEnd ? stoppedHere.length : 0);
    return line([name.padEnd(nameWidth), cutTo(text, room, view), ...mark], view);
  });
  const end = stopped === 'sent' ? [line(['It was sent.'], view)] : [];
  return [...heading([title('WHY NOT'), `  ${subject}`], [range], view), ...lines, ...end];
}

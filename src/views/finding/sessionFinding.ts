import type { SessionResult } from '../../results/sessionResult.ts';
import type { SessionFinding } from '../../signal.ts';
import { duration } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import { padEnd, padStart } from '../text/text.ts';
import { parseTime, span } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

const row = (name: string, text: string, view: ViewOptions): string => line([{ text: `  ${padEnd(name, 11)}`, paint: 'dim' }, text], view);

/** `99.8 %`, and never a whole hundred where a session lacks it. */
const percent = (share: number): string => `${decimal(Math.min(share * 100, 99.9), 1)} %`;

/** What is usual of a pattern: `in 99.8 %, usually 3`. */
function writeUsual({ direction, share, median }: SessionResult['parts'][number]): string {
  if (direction === 'never before') return 'in none before';
  return `in ${percent(share)}${median > 0 ? `, usually ${count(median)}` : ''}`;
}

/** The newest unusual session of a kind: its score, the patterns that made it, and how many like it there were. */
export function sessionLines({ result }: SessionFinding, view: ViewOptions): { kind: string; lines: string[] } {
  const { entity, bits, threshold, tail, set, events, start, end, parts, unusual, entities, learned } = result;
  const [from, to] = [parseTime(start), parseTime(end)];
  const others = entities.filter((one) => one !== entity);
  return {
    kind: 'session',
    lines: [
      row('newest', `${entity}, ${count(events)} events in ${span(from, to, view.timeZone)} (${duration(to - from)})`, view),
      row(
        'score',
        `${decimal(bits, 1)} bits, fires at ${decimal(threshold, 1)}   counts ${decimal(tail, 1)}, combination ${decimal(set, 1)}`,
        view,
      ),
      row('like it', `${count(unusual)} since it began${others.length > 0 ? `: ${others.join(', ')}` : ''}`, view),
      row('learned', `${count(learned)} sessions`, view),
      '',
      ...parts.map((part) =>
        line(
          [
            `  ${padStart(decimal(part.bits, 1), 5)}  ${padEnd(part.direction, 12)}  ${padStart(count(part.count), 5)}  ${padEnd(writeUsual(part), 26)}  ${part.text}`,
          ],
          view,
        ),
      ),
    ],
  };
}

import type { Flow } from '../../kernel/defineOperator.ts';
import { payload } from '../../kernel/payload.ts';
import type { Signal } from '../../signal.ts';
import { findingLine } from '../finding/findingLine.ts';
import { line } from '../text/line.ts';
import { count, expected } from '../text/numbers.ts';
import { idPiece, word } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { span, stamp, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { eventLine } from './eventLines.ts';

/** Anything that flows, on one line: an event as events are, others by their kind. */
export function signalLine(flow: Flow, view: ViewOptions): string {
  const signal = flow as Signal;
  const when = [stamp(signal.time, view.timeZone, view.now), '  '];
  if (signal.kind === 'event') return eventLine(signal.event, view);
  if (signal.kind === 'finding') return findingLine(signal.finding, shortIds([signal.finding.id]), view);
  if (signal.kind === 'blip') {
    const { topic_id: id, state, level, score, count: many, usual, group_id: group, label } = signal.blip;
    const figures = `  ${count(many)} of usual ${expected(usual)}, score ${count(score)}  ${group}  ${label}`;
    return line([...when, 'blip  ', idPiece(shortIds([id])(id)), '  ', word(state), ' ', word(level ?? '-'), figures], view);
  }
  if (signal.kind === 'radar') {
    const { start, end, open, events, patterns } = signal.radar;
    const window = span(parseTime(start), parseTime(end), view.timeZone);
    return line([...when, `radar  ${window} ${open ? 'open' : 'closed'}  ${count(events)} events, ${count(patterns)} patterns`], view);
  }
  if (signal.kind === 'mark')
    return line([...when, `mark  ${signal.mark.type} by ${signal.mark.who}  ${signal.mark.target}  ${signal.mark.text ?? ''}`], view);
  if (signal.kind === 'rejected')
    return line([...when, `rejected  ${signal.rejected.source}  ${signal.rejected.reason}  ${signal.rejected.original}`], view);
  return line([...when, `${flow.kind}  ${flow.key}  ${JSON.stringify(payload(flow) ?? null)}`], view);
}

import type { JsonObject } from '../event.ts';
import type { Finding } from '../signal.ts';
import { changeText } from './changeText.ts';
import { duration } from './duration.ts';
import { line } from './line.ts';
import { count, decimal, expected, multiple } from './numbers.ts';
import { listOf, numberAt, objectAt, textAt } from './result.ts';
import { padEnd, width } from './text.ts';
import { clock, msOf, span } from './time.ts';
import { trend } from './trend.ts';
import { columnsOf, type ViewOptions } from './viewOptions.ts';

/** Where the second half of a row begins. */
const half = 51;

/** Two halves of a row; the second goes to a line of its own where it has no room. */
function row(name: string, left: string, right: string, view: ViewOptions): string[] {
  const first = `  ${padEnd(name, 11)}${left}`;
  if (!right) return [line([first], view)];
  if (half + width(right) > columnsOf(view)) return [line([first], view), line([`${' '.repeat(13)}${right}`], view)];
  return [line([`${padEnd(first, half - 1)} ${right}`], view)];
}

/** Baselines that are named before the rest is left out. */
const mostBaselines = 3;

const readable = (name: string) => name.replaceAll('_', ' ');

/** `time of day 61, week 55, plain 58`, those first that the value stands out against most. */
function baselinesOf(result: JsonObject): string {
  return listOf(result.contributors)
    .toSorted((a, b) => Math.abs(numberAt(b, 'residual') ?? 0) - Math.abs(numberAt(a, 'residual') ?? 0))
    .slice(0, mostBaselines)
    .map((one) => `${readable(textAt(one, 'name'))} ${expected(numberAt(one, 'baseline'))}`)
    .join(', ');
}

/** `time of day, scale 1`: which part of the score was the largest. */
function largestOf(result: JsonObject): string {
  const top = objectAt(result, 'top');
  const scale = numberAt(top, 'scale');
  return (
    textAt(top, 'baseline') &&
    `${readable(textAt(top, 'baseline'))}${scale === null ? '' : `, scale ${decimal(scale, 3).replace(/(\.\d)0+$/, '$1')}`}`
  );
}

const usualOf = (result: JsonObject): number | null => numberAt(result, 'usual') ?? numberAt(result, 'baseline');

function valueText(result: JsonObject, { timeZone }: ViewOptions): string {
  const value = numberAt(result, 'value');
  const usual = usualOf(result);
  const [from, to] = [msOf(textAt(result, 'start')), msOf(textAt(result, 'end'))];
  const when = Number.isFinite(from) && Number.isFinite(to) ? ` in ${span(from, to, timeZone)}` : '';
  const times = value !== null && usual !== null && usual > 0 ? ` (${multiple(value / usual)})` : '';
  return `${expected(value)}${when}, usual ${expected(usual)}${times}`;
}

function resolution(result: JsonObject): string {
  const needed = numberAt(result, 'clear_needed') ?? 2;
  return `after ${needed} clear windows (${numberAt(result, 'clear_windows') ?? 0} so far); if data stops: stays firing, marked no data`;
}

/**
 * A spike's numbers; null when its result holds none. Read from `result`: `value` with `start` and `end` of its bucket,
 * what the detector says (`score`, `threshold`, `direction`, `baseline`, `contributors`, `top`, `learned_points`),
 * `detector`, `usual` where it is not the baseline, `learned_ms`, `trend` (counts) with `trend_cell_ms`, `clear_windows`,
 * `clear_needed`, `episode: { id, sent_to, sent_at }`. What is missing is left out.
 */
export function spikeLines({ result, updated }: Finding, view: ViewOptions): { kind: string; lines: string[] } | null {
  if (numberAt(result, 'value') === null) return null;
  const direction = textAt(result, 'direction');
  const score = numberAt(result, 'score');
  const threshold = numberAt(result, 'threshold');
  const learned = numberAt(result, 'learned_ms');
  const points = numberAt(result, 'learned_points');
  const detector = textAt(result, 'detector');
  const baselines = baselinesOf(result);
  const largest = largestOf(result);
  const counts = Array.isArray(result.trend) ? result.trend.filter((value) => typeof value === 'number') : [];
  const cell = numberAt(result, 'trend_cell_ms');
  const episode = objectAt(result, 'episode');
  const sent = textAt(episode, 'sent_to');
  const change = changeText(result, view.now ?? msOf(updated), view.timeZone);
  const lines = [
    ...row('value', valueText(result, view), '', view),
    ...(score === null
      ? []
      : row(
          'score',
          `${decimal(score, 1)}${threshold === null ? '' : `, fires at ${decimal(threshold, 1)}`}`,
          [
            detector && `detector ${detector}`,
            learned === null ? (points === null ? '' : `${count(points)} points learned`) : `${duration(learned)} learned`,
          ]
            .filter(Boolean)
            .join(', '),
          view,
        )),
    ...(baselines ? row('baseline', baselines, largest && `largest part: ${largest}`, view) : []),
    ...(counts.length > 0
      ? row(
          `last ${cell === null ? '' : duration(cell * counts.length)}`,
          trend(counts, view.ascii),
          cell === null ? '' : `${duration(cell)} a cell`,
          view,
        )
      : []),
    ...(change === '' ? [] : row('change', change, '', view)),
    ...row('resolves', resolution(result), '', view),
    ...(textAt(episode, 'id')
      ? row(
          'part of',
          `${textAt(episode, 'id').slice(0, 4)}${sent ? `, which is what was sent to ${sent} at ${clock(msOf(textAt(episode, 'sent_at')), view.timeZone)}` : ''}`,
          '',
          view,
        )
      : []),
  ];
  return { kind: direction ? `spike, ${direction}` : 'spike', lines };
}

import type { SpikeResult } from '../../results/spikeResult.ts';
import type { SpikeFinding } from '../../signal.ts';
import { changeText } from './changeText.ts';
import { duration } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { count, decimal, expected, multiple } from '../text/numbers.ts';
import { padEnd, width } from '../text/text.ts';
import { clock, parseTime, span } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';

/** Where the second half of a row begins. */
const half = 51;

/** Two halves of a row; the second goes to a line of its own where it has no room. */
function row(name: string, left: string, right: string, view: ViewOptions): string[] {
  const first = `  ${padEnd(name, 11)}${left}`;
  if (!right) return [line([first], view)];
  if (half + width(right) > usableColumns(view)) return [line([first], view), line([`${' '.repeat(13)}${right}`], view)];
  return [line([`${padEnd(first, half - 1)} ${right}`], view)];
}

/** Baselines that are named before the rest is left out. */
const mostBaselines = 3;

const readable = (name: string) => name.replaceAll('_', ' ');

/** `time of day 61, week 55, plain 58`, those first that the value stands out against most. */
function writeBaselines({ contributors }: SpikeResult): string {
  return contributors
    .toSorted((a, b) => Math.abs(b.residual) - Math.abs(a.residual))
    .slice(0, mostBaselines)
    .map((one) => `${readable(one.name)} ${expected(one.baseline)}`)
    .join(', ');
}

/** `time of day, scale 1`: which part of the score was the largest. */
const writeLargest = ({ top }: SpikeResult): string =>
  `${readable(top.baseline)}, scale ${decimal(top.scale, 3).replace(/(\.\d)0+$/, '$1')}`;

function valueText({ value, usual, start, end }: SpikeResult, { timeZone }: ViewOptions): string {
  const [from, to] = [parseTime(start), parseTime(end)];
  const when = Number.isFinite(from) && Number.isFinite(to) ? ` in ${span(from, to, timeZone)}` : '';
  const times = usual > 0 ? ` (${multiple(value / usual)})` : '';
  return `${expected(value)}${when}, usual ${expected(usual)}${times}`;
}

function resolution({ clear_needed: needed, clear_windows: clear }: SpikeResult): string {
  return `after ${needed} clear windows (${clear} so far); if data stops: stays firing, marked no data`;
}

/** A spike's numbers: the value, its score, the baselines, its trend, how it ends and what it is part of. */
export function spikeLines({ result, updated }: SpikeFinding, view: ViewOptions): { kind: string; lines: string[] } {
  const { score, threshold, detector, learned_ms: learned, learned_points: points, trend: counts, trend_cell_ms: cell, episode } = result;
  const baselines = writeBaselines(result);
  const change = changeText(result, view.now ?? parseTime(updated), view.timeZone);
  const experience =
    learned !== undefined ? [`${duration(learned)} learned`] : points !== undefined ? [`${count(points)} points learned`] : [];
  const sent = episode?.sent_to
    ? `, which is what was sent to ${episode.sent_to} at ${clock(parseTime(episode.sent_at ?? ''), view.timeZone)}`
    : '';
  const lines = [
    ...row('value', valueText(result, view), '', view),
    ...row('score', `${decimal(score, 1)}, fires at ${decimal(threshold, 1)}`, [`detector ${detector}`, ...experience].join(', '), view),
    ...(baselines ? row('baseline', baselines, `largest part: ${writeLargest(result)}`, view) : []),
    ...(counts.length > 0
      ? row(`last ${duration(cell * counts.length)}`, trend(counts, view.ascii), `${duration(cell)} a cell`, view)
      : []),
    ...(change === '' ? [] : row('change', change, '', view)),
    ...row('resolves', resolution(result), '', view),
    ...(episode ? row('part of', `${episode.id.slice(0, 4)}${sent}`, '', view) : []),
  ];
  return { kind: `spike, ${result.direction}`, lines };
}

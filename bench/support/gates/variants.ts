import type { NabTruth } from '../nabScore.ts';
import { seeded } from '../seeded.ts';

/** One series as a gate sees it. */
export interface GateSeries extends NabTruth {
  name: string;
  times: readonly number[];
  values: readonly number[];
}

type Change = (series: GateSeries, seed: number) => GateSeries;

/** Ten ways in which the same series might have come: what does well on only one of them has learned that one. */
export const variants: readonly (readonly [name: string, change: Change])[] = [
  ['as it is', (series) => series],
  ['means of 3', (series) => thin(series, 3, mean)],
  ['means of 6', (series) => thin(series, 6, mean)],
  ['means of 12 (tweets) or 4', (series) => thin(series, series.name.includes('Tweets') ? 12 : 4, mean)],
  ['every second', (series) => thin(series, 2, (values) => values[0]!)],
  ['first 12 % cut off', cutBegin],
  ['rows dropped in bursts', dropBursts],
  ['noise added', addNoise],
  ['squared', (series) => change(series, (value) => value * Math.abs(value))],
  ['square root', (series) => change(series, (value) => Math.sign(value) * Math.sqrt(Math.abs(value)))],
];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const change = (series: GateSeries, of: (value: number) => number): GateSeries => ({ ...series, values: series.values.map(of) });

/** One point out of each so many; windows follow. */
function thin({ name, rows, windows, times, values }: GateSeries, each: number, pick: (values: readonly number[]) => number): GateSeries {
  const left = Math.floor(rows / each);
  const place = (row: number) => Math.min(left - 1, Math.floor(row / each));
  return {
    name,
    rows: left,
    windows: windows.map(([first, last]) => [place(first), place(last)]),
    times: Array.from({ length: left }, (_, i) => times[i * each]!),
    values: Array.from({ length: left }, (_, i) => pick(values.slice(i * each, (i + 1) * each))),
  };
}

function cutBegin({ name, rows, windows, times, values }: GateSeries): GateSeries {
  const gone = Math.floor(rows * 0.12);
  const left = windows
    .filter(([, last]) => last >= gone)
    .map(([first, last]): [number, number] => [Math.max(0, first - gone), last - gone]);
  return { name, rows: rows - gone, windows: left, times: times.slice(gone), values: values.slice(gone) };
}

/** One point in a hundred begins a gap of up to twelve. */
function dropBursts({ name, rows, windows, times, values }: GateSeries, seed: number): GateSeries {
  const random = seeded(seed + 1);
  const kept: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    if (random() < 0.01) row += Math.floor(random() * 12);
    if (row < rows) kept.push(row);
  }
  const place = (row: number) => {
    const at = kept.findIndex((one) => one >= row);
    return at < 0 ? kept.length - 1 : at;
  };
  return {
    name,
    rows: kept.length,
    windows: windows.map(([first, last]) => [place(first), Math.max(place(first), place(last))]),
    times: kept.map((row) => times[row]!),
    values: kept.map((row) => values[row]!),
  };
}

/** About a tenth of the series' own deviation. */
function addNoise(series: GateSeries, seed: number): GateSeries {
  const random = seeded(seed + 77);
  const middle = mean(series.values);
  const deviation = Math.sqrt(mean(series.values.map((value) => (value - middle) ** 2)));
  return change(series, (value) => value + 0.2 * deviation * (random() + random() + random() - 1.5));
}

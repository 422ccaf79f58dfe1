import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { DetectorResult } from '../detectorResult.ts';
import type { CountTail } from './countTail.ts';

/** One point of a series as it was judged. */
export interface Point {
  result: DetectorResult;
  value: number;
  /** Bucket, milliseconds; the end is exclusive. */
  start: number;
  end: number;
  /** Of a count: bits against chance. */
  bits?: number;
}

/** What is reported about an alarm while it lasts. */
export interface Alarm {
  id: string;
  /** Start of the bucket it began in, milliseconds. */
  since: number;
  /** The point that stood out most. */
  peak: Point;
  /** Calm points in a row. */
  clear: number;
}

/** One series of a key: the event count or field of the key itself, or one pattern's blips. */
export interface Series {
  id: string;
  /** Of a pattern the topic it is read as; absent where the id is the topic's own. */
  topic?: string | undefined;
  label: string;
  /** The detector's own state. */
  detector: unknown;
  /** What came in the bucket that is open; null when nothing did. */
  pending: { sum: number; count: number; max: number; last: number } | null;
  /** Buckets in a row without anything. */
  empty: number;
  /** The last twelve values, for the trend. */
  trend: number[];
  alarm: Alarm | null;
  /** Of a series of counts what chance gives; absent in what older releases saved, and of other numbers. */
  counts?: CountTail;
}

export const trendCells = 12;

export function startSeries(
  { series: id, topic, label }: { series: string; topic?: string | undefined; label: string },
  detector: unknown,
): Series {
  return { id, ...(topic === undefined ? {} : { topic }), label, detector, pending: null, empty: 0, trend: [], alarm: null };
}

export type Aggregate = 'sum' | 'mean' | 'max' | 'last';

/** Folds a value into the open bucket. */
export function add(series: Series, value: number): void {
  const { pending } = series;
  if (!pending) {
    series.pending = { sum: value, count: 1, max: value, last: value };
    return;
  }
  pending.sum += value;
  pending.count += 1;
  pending.max = Math.max(pending.max, value);
  pending.last = value;
}

/** The value of the open bucket, which is emptied; null when nothing came. */
export function take(series: Series, aggregate: Aggregate): number | null {
  const { pending } = series;
  series.pending = null;
  if (!pending) return null;
  return aggregate === 'mean' ? pending.sum / pending.count : pending[aggregate];
}

export function remember(series: Series, value: number): void {
  series.trend.push(value);
  if (series.trend.length > trendCells) series.trend.shift();
}

/** A series as JSON; the detector's state through its own `save`. */
export const saveSeries = (series: Series, save: (detector: unknown) => Json): Json =>
  toSaved({ ...series, detector: save(series.detector) });
export function loadSeries(json: Json, load: (json: Json) => unknown): Series {
  const saved = fromSaved<Series>(json);
  return { ...saved, detector: load(saved.detector as Json) };
}

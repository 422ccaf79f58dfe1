import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DetectorResult } from '../../src/safeguards/detectorResult.ts';
import type { NabSeries } from './data/nabCorpus.ts';

/** Any detector that judges one series point by point; a fresh one is made for each series. */
export type Judge = (time_ms: number, value: number) => Pick<DetectorResult, 'score' | 'fires'>;

/** The points of one series at which a detector fired, with what it said about every point. */
export interface Run {
  detections: number[];
  scores: number[];
  fired: boolean[];
}

/** Feeds a series to a detector in order, one point at a time. */
export function runSeries(series: NabSeries, judge: Judge): Run {
  const run: Run = { detections: [], scores: [], fired: [] };
  for (let row = 0; row < series.rows; row += 1) {
    const { score, fires } = judge(series.times[row]!, series.values[row]!);
    run.scores.push(score);
    run.fired.push(fires);
    if (fires) run.detections.push(row);
  }
  return run;
}

/** Fires every so many points, whatever they are: what any detector must beat. */
export function metronome(every: number): () => Judge {
  return () => {
    let points = 0;
    return () => {
      points += 1;
      return { score: 0, fires: points % every === 0 };
    };
  };
}

/**
 * Writes `<folder>/<data file>` with timestamp, value and anomaly_score. The column reaches the threshold exactly
 * where the detector fired: where it was quiet or warming up, the score is held just below.
 */
export function writeScores(folder: string, series: NabSeries, run: Run, threshold: number): void {
  const below = threshold * (1 - Number.EPSILON);
  const lines = ['timestamp,value,anomaly_score'];
  for (let row = 0; row < series.rows; row += 1) {
    const score = run.fired[row] ? run.scores[row]! : Math.min(run.scores[row]!, below);
    lines.push(`${series.timestamps[row]},${series.values[row]},${score}`);
  }
  const path = join(folder, series.name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${lines.join('\n')}\n`);
}

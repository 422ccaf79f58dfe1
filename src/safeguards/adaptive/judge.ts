import type { Contributor, DetectorResult } from '../detectorResult.ts';
import { type AdaptiveState, seasons } from './state.ts';
import { foldRun } from './stuck.ts';

/** How much the value itself counts, and what is left of it for the hour of the day and of the week. */
const weights = [0.5, 0.25, 0.25] as const;
/** How fast the plain mean follows, which says what is usual without seasons. */
const plainRate = 0.1;
/** The score of a series that has begun to hang: about three times the usual threshold. */
const stuckScore = 1;

/** What the detector says about a point, before thresholds and quiet times. */
export type Judgement = Pick<DetectorResult, 'score' | 'direction' | 'baseline' | 'contributors' | 'top'>;

/**
 * Judges a value at a local time (seconds) by what the state has learned so far, then learns it.
 *
 * Three views of it (as it is, less what is usual at the hour of the day, less what is usual at the hour of the week) each
 * say how new its levels and short shapes are. The score is the square of their weighted mean: agreement of many counts
 * more than one loud voice. A series that hangs on one value is reported by itself.
 */
export function judge(state: AdaptiveState, seconds: number, value: number): Judgement {
  const plain = state.points === 0 ? value : state.plain;
  state.plain = plain + plainRate * (value - plain);
  const contributors: Contributor[] = [];
  let sum = weights[0] * state.views[0]!.score(value);
  let top: { view: number; mean: number } = { view: 0, mean: plain };
  for (let i = 0; i < seasons.length; i += 1) {
    const mean = state.seasons[i]!.expect(seconds, value);
    // In a slot never seen before nothing is known to be unusual.
    const known = !Number.isNaN(mean);
    const view = state.views[i + 1]!;
    sum += weights[i + 1]! * view.score(known ? value - mean : 0);
    if (!known) continue;
    contributors.push({ name: seasons[i]!.name, baseline: mean, residual: value - mean });
    if (view.loudest > state.views[top.view]!.loudest) top = { view: i + 1, mean };
  }
  contributors.push({ name: 'plain', baseline: plain, residual: value - plain });
  const isStuck = foldRun(state.run, value);
  const direction = value < top.mean ? 'down' : 'up';
  if (isStuck && sum * sum < stuckScore)
    return { score: stuckScore, direction, baseline: plain, contributors, top: { baseline: 'stuck', scale: 1 } };
  return {
    score: sum * sum,
    direction,
    baseline: top.mean,
    contributors,
    top: { baseline: top.view === 0 ? 'plain' : seasons[top.view - 1]!.name, scale: state.views[top.view]!.scale },
  };
}

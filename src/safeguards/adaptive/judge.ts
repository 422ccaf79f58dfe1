import type { Contributor, DetectorResult } from '../detectorResult.ts';
import type { Part } from './magnitude.ts';
import { type AdaptiveState, baselines, hourOfDay, hourOfWeek } from './state.ts';

const names = baselines.map((spec) => spec.name);
const day = hourOfDay;
const week = hourOfWeek;

/** How the three questions are weighed: how large, how new, how new a step. */
const weights = { size: 4, level: 4, step: 3 } as const;
const allWeights = weights.size + weights.level + weights.step;
/**
 * What size counts for on its own. Beyond it, size counts only as far as something is new as well: the nightly backup
 * stays rare for every clock it is compared with, but after a few nights there is nothing new in it.
 */
const sizeAlone = 1.75;

/** The names under which the novelties appear as the largest part, in the order they are asked. */
const novelties = ['new level', 'new for the time of day', 'new for the week', 'new step'] as const;

/** What the detector says about a point, before thresholds and quiet times. */
export type Judgement = Pick<DetectorResult, 'score' | 'direction' | 'baseline' | 'contributors' | 'top'>;

/**
 * Judges a value at a local time (seconds) by what the state has learned so far, then learns it.
 * One pass over four baselines and four novelties; the arrays are of fixed length.
 */
export function judge(state: AdaptiveState, seconds: number, value: number): Judgement {
  const contributors: Contributor[] = [];
  let size = 0;
  let loudest: Part | null = null;
  let baseline = value;
  let top = 'plain';
  let ofDay = 0;
  let ofWeek = 0;
  for (let i = 0; i < names.length; i += 1) {
    const mean = state.baselines[i]!.expect(seconds, value);
    const known = !Number.isNaN(mean);
    // in a slot never seen before nothing is known to be unusual
    const residual = known ? value - mean : 0;
    const part = state.sizes[i]!.score(residual);
    size += part.score / names.length;
    if (i === day) ofDay = residual;
    if (i === week) ofWeek = residual;
    if (!known) continue;
    contributors.push({ name: names[i]!, baseline: mean, residual });
    // where nothing stands out, the last one, the plain mean, is named
    if (loudest === null || part.loudest > loudest.loudest || loudest.loudest === 0) {
      loudest = part;
      baseline = mean;
      top = names[i]!;
    }
  }
  const direction = (loudest?.deviation ?? 0) < 0 ? 'down' : 'up';
  const step = state.step.score(state.points === 0 ? 0 : value - state.previous);
  const news = [state.level.score(value), state.ofDay.score(ofDay), state.ofWeek.score(ofWeek), step];
  let most = loudest?.loudest ?? 0;
  let scale = loudest?.scale ?? 1;
  let level = 0;
  for (let i = 0; i < news.length; i += 1) {
    const part = news[i]!;
    if (part !== step) level += part.score / (news.length - 1);
    if (part.loudest <= most) continue;
    most = part.loudest;
    scale = part.scale;
    top = novelties[i]!;
  }
  const counted = Math.min(size, sizeAlone + level + step.score);
  const score = (weights.size * counted + weights.level * level + weights.step * step.score) / allWeights;
  return { score, direction, baseline, contributors, top: { baseline: top, scale } };
}

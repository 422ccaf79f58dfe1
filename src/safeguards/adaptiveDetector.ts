import { Baseline, type BaselineSpec, type BaselineState } from './adaptive/baseline.ts';
import { Magnitude, type MagnitudeState, type Part } from './adaptive/magnitude.ts';
import { levelScales, Novelty, type NoveltyState, stepScales } from './adaptive/novelty.ts';
import { type ZoneOffset, zoneOffset } from './adaptive/zoneOffset.ts';
import type { Contributor, DetectorResult } from './detectorResult.ts';
import { notNegative, positive, requireFinite } from './requireFinite.ts';

const day = 86_400;
const week = 7 * day;

/** What is usual is asked four times, so that no single notion of "the same time" has to be right. */
const baselines: readonly BaselineSpec[] = [
  { name: 'time of day, 15m', period: day, slot: 900, rate: 0.05 },
  { name: 'time of day', period: day, slot: 3600, rate: 0.05 },
  { name: 'week', period: week, slot: 3600, rate: 0.05 },
  { name: 'plain', period: 0, slot: 0, rate: 0.1 },
];
const hourOfDay = 1;
const hourOfWeek = 2;

/** How the three questions are weighed: how large, how new, how new a step. */
const weights = { size: 4, level: 4, step: 3 } as const;

/** Residuals are differences of values; beyond this they could leave the range of doubles. */
const within = { holds: (n: number) => Math.abs(n) <= 1e150, words: 'between -1e150 and 1e150' };

export interface AdaptiveOptions {
  /** Score from which it fires; 0.85 unless given. Higher is calmer. */
  threshold?: number | undefined;
  /** Points after an alarm in which no other is raised; 30 unless given. */
  quiet?: number | undefined;
  /** Points learned before the first alarm; 100 unless given. */
  warmup?: number | undefined;
  /** Points after which what was learned fades: a value of long ago is new again; 10,000 unless given. */
  memory?: number | undefined;
  /** IANA zone, or the offset of local time in milliseconds, by which days and weeks are cut; UTC unless given. */
  zone?: string | ZoneOffset | undefined;
}

/** What one series has taught. Working state: use `save` and `load` to keep it. */
export interface AdaptiveState {
  points: number;
  /** Points left in which no alarm is raised. */
  quiet: number;
  previous: number;
  baselines: Baseline[];
  sizes: Magnitude[];
  level: Novelty;
  ofDay: Novelty;
  ofWeek: Novelty;
  step: Novelty;
}

/** The JSON form of `AdaptiveState`: at most about 2,800 numbers, whatever the length of the series. */
export interface SavedAdaptive {
  points: number;
  quiet: number;
  previous: number;
  baselines: BaselineState[];
  sizes: MagnitudeState[];
  level: NoveltyState;
  ofDay: NoveltyState;
  ofWeek: NoveltyState;
  step: NoveltyState;
}

/** A detector over plain state: one object serves any number of series, each with a state of its own. */
export interface AdaptiveDetector {
  start(): AdaptiveState;
  /**
   * Judges a value by what came before it, then learns it.
   *
   * @param time_ms event time, milliseconds since 1970
   * @throws RangeError when the time or the value is not a finite number, or the value lies beyond 1e150
   */
  score(state: AdaptiveState, time_ms: number, value: number): DetectorResult;
  save(state: AdaptiveState): SavedAdaptive;
  load(saved: SavedAdaptive): AdaptiveState;
}

/**
 * The default spike detector: online, unsupervised, up and down, one pass, O(1) a point, bounded memory.
 *
 * Three questions are asked of every point, and the answers, each -log10 of a tail probability, are averaged:
 * how large is the deviation from what is usual (four baselines, five scales); how new is the level (as it is, for
 * the hour of the day, for the hour of the week); how new is the step from the point before. Size alone cries at
 * every nightly backup, novelty alone at every odd decimal; a point that is both is worth waking someone. Everything
 * is read before it learns, so a score depends on the past only and never changes when more data arrives.
 *
 * @throws RangeError that names the option when one is not a finite number or out of range, or the zone is unknown
 */
export function createAdaptive(options: AdaptiveOptions = {}): AdaptiveDetector {
  const settings = check(options);
  const { memory } = settings;
  return {
    start: () => restore(memory),
    score: (state, time_ms, value) => scorePoint(settings, state, time_ms, value),
    save: ({ points, quiet, previous, level, ofDay, ofWeek, step, ...rest }) => ({
      points,
      quiet,
      previous,
      baselines: rest.baselines.map((baseline) => baseline.save()),
      sizes: rest.sizes.map((size) => size.save()),
      level: level.save(),
      ofDay: ofDay.save(),
      ofWeek: ofWeek.save(),
      step: step.save(),
    }),
    load: (saved) => restore(memory, saved),
  };
}

interface Settings {
  threshold: number;
  quiet: number;
  warmup: number;
  memory: number;
  offset: ZoneOffset;
}

function check({ threshold = 0.85, quiet = 30, warmup = 100, memory = 10_000, zone = 'UTC' }: AdaptiveOptions): Settings {
  return {
    threshold: requireFinite('threshold', threshold, positive),
    quiet: requireFinite('quiet', quiet, notNegative),
    warmup: requireFinite('warmup', warmup, notNegative),
    memory: requireFinite('memory', memory, { holds: (n) => n >= 100, words: '100 or more' }),
    offset: typeof zone === 'string' ? zoneOffset(zone) : zone,
  };
}

function restore(memory: number, saved?: SavedAdaptive): AdaptiveState {
  return {
    points: saved?.points ?? 0,
    quiet: saved?.quiet ?? 0,
    previous: saved?.previous ?? 0,
    baselines: baselines.map((spec, i) => new Baseline(spec, saved?.baselines[i])),
    sizes: baselines.map((_, i) => new Magnitude(memory, saved?.sizes[i])),
    level: new Novelty(memory, levelScales, false, saved?.level),
    ofDay: new Novelty(memory, levelScales, true, saved?.ofDay),
    ofWeek: new Novelty(memory, levelScales, true, saved?.ofWeek),
    step: new Novelty(memory, stepScales, true, saved?.step),
  };
}

function scorePoint(settings: Settings, state: AdaptiveState, time_ms: number, value: number): DetectorResult {
  requireFinite('time_ms', time_ms);
  requireFinite('value', value, within);
  const { threshold } = settings;
  const seconds = (time_ms + settings.offset(time_ms)) / 1000;
  const learned_points = state.points;

  const usual = state.baselines.map((baseline) => baseline.expect(seconds, value));
  // in a slot never seen before nothing is known to be unusual
  const residuals = usual.map((mean) => (Number.isNaN(mean) ? 0 : value - mean));
  const sizes = state.sizes.map((size, i) => size.score(residuals[i] as number));
  const level = state.level.score(value);
  const ofDay = state.ofDay.score(residuals[hourOfDay] as number);
  const ofWeek = state.ofWeek.score(residuals[hourOfWeek] as number);
  const step = state.step.score(learned_points === 0 ? 0 : value - state.previous);

  const score =
    (weights.size * meanOf(sizes) + weights.level * meanOf([level, ofDay, ofWeek]) + weights.step * step.score) /
    (weights.size + weights.level + weights.step);
  const warm = learned_points >= settings.warmup;
  const fires = warm && state.quiet === 0 && score >= threshold;
  state.quiet = fires ? settings.quiet : Math.max(0, state.quiet - 1);
  state.previous = value;
  state.points += 1;
  return { score, fires, threshold, warm, learned_points, ...explain(value, usual, sizes, [level, ofDay, ofWeek, step]) };
}

function meanOf(parts: readonly Part[]): number {
  let sum = 0;
  for (const part of parts) sum += part.score;
  return sum / parts.length;
}

/** The names under which the novelties appear as the largest part. */
const novelties = ['new level', 'new for the time of day', 'new for the week', 'new step'] as const;

/** Which baseline and scale spoke loudest, and what each baseline expected. */
function explain(
  value: number,
  usual: readonly number[],
  sizes: readonly Part[],
  news: readonly Part[],
): Pick<DetectorResult, 'direction' | 'baseline' | 'contributors' | 'top'> {
  const contributors: Contributor[] = [];
  let loudest = hourOfDay;
  for (let i = 0; i < baselines.length; i += 1) {
    const baseline = usual[i] as number;
    if (Number.isNaN(baseline)) continue;
    contributors.push({ name: (baselines[i] as BaselineSpec).name, baseline, residual: value - baseline });
    if ((sizes[i] as Part).loudest > (sizes[loudest] as Part).loudest) loudest = i;
  }
  let top = { name: (baselines[loudest] as BaselineSpec).name, part: sizes[loudest] as Part };
  const direction = top.part.deviation < 0 ? 'down' : 'up';
  news.forEach((part, i) => {
    if (part.loudest > top.part.loudest) top = { name: novelties[i] as string, part };
  });
  const expected = usual[loudest] as number;
  return {
    direction,
    baseline: Number.isNaN(expected) ? (contributors.at(-1)?.baseline ?? value) : expected,
    contributors,
    top: { baseline: top.name, scale: top.part.scale },
  };
}

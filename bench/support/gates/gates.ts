/**
 * Three gates for a detector, which decide where eighteen held-back series cannot: ten variants of a labelled corpus with
 * the threshold chosen on the other folders, alarms a month where nothing happens, and events put into such series.
 * Each score is computed once; thresholds are tried on the scores, as the detector itself would fire.
 */
import { judgeSeries, nabProfiles, nabScore, type NabJudgement } from '../nabScore.ts';
import { seeded } from '../seeded.ts';
import { events, hosts } from './events.ts';
import { day, month, quiet as quietSeries } from './noise.ts';
import { variants, type GateSeries } from './variants.ts';

/** Scores one point after the other; a fresh one for each series. */
export type Scorer = (time_ms: number, value: number) => number;
export interface Gated {
  start(): Scorer;
  /** Points learned before the first alarm, and without another after one. */
  warmup: number;
  quiet: number;
}

const profiles = Object.values(nabProfiles);
const begin = Date.UTC(2026, 0, 5);
const minutes = 5 * 60_000;

/** Points at which it fires with that threshold. */
function findAlarms(scores: Float64Array, threshold: number, { warmup, quiet }: Gated): number[] {
  const alarms: number[] = [];
  for (let i = warmup, next = 0; i < scores.length; i += 1) {
    if (i < next || scores[i]! < threshold) continue;
    alarms.push(i);
    next = i + quiet + 1;
  }
  return alarms;
}

export interface VariantGate {
  /** Mean over the variants, for the standard, low FP and low FN profiles. */
  mean: number[];
  /** Standard score of each variant. */
  variants: Record<string, number>;
  /** Threshold chosen for each folder on all others. */
  thresholds: Record<string, number>;
}

/** Gate 1: leave one folder out, over ten variants. */
export function judgeVariants(gated: Gated, corpus: readonly GateSeries[], thresholds: readonly number[]): VariantGate {
  const folders = corpus.map(({ name }) => name.split('/')[0]!.replace(/^artificial.*/, 'artificial'));
  const judged = variants.map(([, change]) => corpus.map((series, seed) => judgeAll(gated, change(series, seed), thresholds)));
  const total = (judgements: readonly (readonly NabJudgement[])[], at: number, skipped: string) =>
    profiles.reduce(
      (sum, profile) =>
        sum +
        nabScore(
          judgements.filter((_, i) => folders[i] !== skipped).map((one) => one[at]!),
          profile,
        ),
      0,
    );
  const chosen = new Map<string, number>();
  for (const folder of new Set(folders)) {
    const totals = thresholds.map((_, at) => judged.reduce((sum, judgements) => sum + total(judgements, at, folder), 0));
    chosen.set(folder, totals.indexOf(Math.max(...totals)));
  }
  const scores = judged.map((judgements) =>
    profiles.map((profile) =>
      nabScore(
        judgements.map((one, i) => one[chosen.get(folders[i]!)!]!),
        profile,
      ),
    ),
  );
  return {
    mean: profiles.map((_, p) => scores.reduce((sum, score) => sum + score[p]!, 0) / scores.length),
    variants: Object.fromEntries(variants.map(([name], v) => [name, scores[v]![0]!])),
    thresholds: Object.fromEntries([...chosen].map(([folder, at]) => [folder, thresholds[at]!])),
  };
}

function judgeAll(gated: Gated, series: GateSeries, thresholds: readonly number[]): NabJudgement[] {
  const scorer = gated.start();
  const scores = Float64Array.from(series.values, (value, i) => scorer(series.times[i]!, value));
  return thresholds.map((threshold) => judgeSeries(series, findAlarms(scores, threshold, gated)));
}

/** Gate 2: alarms in the first and in the second month of series in which nothing happens. */
export function countFalseAlarms(gated: Gated, threshold: number, seeds: number): Record<string, [number, number]> {
  return Object.fromEntries(
    Object.entries(quietSeries).map(([name, series]) => {
      const alarms = Array.from({ length: seeds }, (_, seed) => {
        const valueAt = series(seeded(1000 + 7919 * seed));
        const scorer = gated.start();
        const scores = Float64Array.from({ length: 2 * month }, (_, i) => scorer(begin + i * minutes, valueAt(i)));
        return findAlarms(scores, threshold, gated);
      }).flat();
      const first = alarms.filter((at) => at < month).length;
      return [name, [first / seeds, (alarms.length - first) / seeds]];
    }),
  );
}

/** Gate 3: how many of the events that happen in the second month are told while they last, or within an hour. */
export function countTold(gated: Gated, threshold: number, seeds: number): Record<string, number> {
  return Object.fromEntries(Object.keys(events).map((name) => [name, countFoundEvents(name, gated, threshold, seeds)]));
}

function countFoundEvents(name: string, gated: Gated, threshold: number, seeds: number): number {
  const [points, happens] = events[name]!;
  const from = month + 10 * day + 100;
  const until = from + points + (points === 1 ? 1 : 12);
  let told = 0;
  for (const [host, deviation] of Object.entries(hosts)) {
    for (let seed = 0; seed < seeds; seed += 1) {
      const valueAt = quietSeries[host]!(seeded(5000 + 104_729 * seed));
      const random = seeded(9 + seed);
      const scorer = gated.start();
      let before = 0;
      const scores = Float64Array.from({ length: until }, (_, i) => {
        const value = valueAt(i);
        const isOn = i >= from && i < from + points;
        if (i < from) before = value;
        return scorer(begin + i * minutes, isOn ? happens({ value, since: i - from, deviation, before, random }) : value);
      });
      if (findAlarms(scores, threshold, gated).some((at) => at >= from)) told += 1;
    }
  }
  return told;
}

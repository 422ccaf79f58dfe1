/**
 * How well the spike detectors do on the Numenta Anomaly Benchmark, or any folder in its layout.
 *
 *     npm run eval:spikes -- FOLDER [--json] [--scores DIR] [--gates] [--seeds N]
 *
 * FOLDER holds `data/` and `labels/combined_windows.json`. Every series is fed to the spike operator strictly online,
 * with the defaults its users get: one threshold for all, fixed, never swept. Beside it stand the same operator with
 * the ratio detector, and a metronome. `--scores` writes a CSV a series, whose `anomaly_score` reaches the threshold
 * exactly where it fired. Microseconds a point are CPU time of this process over the whole run, the warming-up of the
 * compiler included. `--gates` prints what can tell one design from another: see bench/support/gates.
 */
import { parseArgs } from 'node:util';
import { adaptiveDefaults, createAdaptive } from '../src/safeguards/adaptiveDetector.ts';
import { countFalseAlarms, countTold, judgeVariants, type Gated } from './support/gates/gates.ts';
import { hosts } from './support/gates/events.ts';
import { readNabCorpus, type NabSeries } from './support/data/nabCorpus.ts';
import { judgeSeries, nabCounts, nabProfiles, nabScore } from './support/nabScore.ts';
import { metronome, runSeries, writeScores, type Judge, type Run } from './support/nabRun.ts';
import { spikeOperator } from './support/spikeOperator.ts';
import { sayWhatLacks } from './support/data/lackingData.ts';

/** What `--json` prints for each detector. */
interface Evaluation {
  standard: number;
  lowFP: number;
  lowFN: number;
  hits: number;
  misses: number;
  falseAlarms: number;
  microsecondsPerPoint: number;
}

/** Runs one detector over all series and keeps where it fired. */
function evaluate(corpus: readonly NabSeries[], start: () => Judge): { evaluation: Evaluation; runs: Run[] } {
  const from = process.cpuUsage();
  const runs = corpus.map((series) => runSeries(series, start()));
  const { user, system } = process.cpuUsage(from);
  const points = corpus.reduce((sum, { rows }) => sum + rows, 0);
  const judgements = corpus.map((series, i) => judgeSeries(series, runs[i]!.detections));
  const evaluation = {
    standard: nabScore(judgements, nabProfiles.standard),
    lowFP: nabScore(judgements, nabProfiles.lowFP),
    lowFN: nabScore(judgements, nabProfiles.lowFN),
    ...nabCounts(judgements),
    microsecondsPerPoint: (user + system) / points,
  };
  return { evaluation, runs };
}

/** The operator reports only where it fires; the scores of all other points come from the detector inside it. */
function writeAll(folder: string, corpus: readonly NabSeries[], runs: readonly Run[], threshold: number): void {
  const detector = createAdaptive();
  corpus.forEach((series, i) => {
    const state = detector.start();
    const { scores } = runSeries(series, (time, value) => detector.score(state, time, value));
    writeScores(folder, series, { ...runs[i]!, scores }, threshold);
  });
}

function print(name: string, e: Evaluation): string {
  const number = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);
  return [
    name.padEnd(16),
    number(e.standard, 8, 2),
    number(e.lowFP, 8, 2),
    number(e.lowFN, 8, 2),
    number(e.hits, 6, 0),
    number(e.misses, 8, 0),
    number(e.falseAlarms, 14, 0),
    number(e.microsecondsPerPoint, 10, 2),
  ].join('');
}

/** The detector as the gates see it: its defaults, its scores. */
function gatedAdaptive(): Gated {
  const detector = createAdaptive();
  return {
    warmup: adaptiveDefaults.warmup,
    quiet: adaptiveDefaults.quiet,
    start() {
      const state = detector.start();
      return (time, value) => detector.score(state, time, value).score;
    },
  };
}

/** Thresholds from .7 to 1.4 times its own. */
const tried = (threshold: number): number[] => [0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.4].map((times) => threshold * times);

function runGates(corpus: readonly NabSeries[], threshold: number, seeds: number, json: boolean): void {
  const gated = gatedAdaptive();
  const variants = judgeVariants(gated, corpus, tried(threshold));
  const falseAlarms = countFalseAlarms(gated, threshold, seeds);
  const told = countTold(gated, threshold, seeds);
  if (json) {
    console.log(JSON.stringify({ threshold, seeds, variants, falseAlarms, told }, null, 2));
    return;
  }
  const fixed = (value: number) => value.toFixed(1);
  console.log(`gate 1   mean of ten variants, standard / low FP / low FN   ${variants.mean.map(fixed).join(' / ')}`);
  for (const [name, score] of Object.entries(variants.variants)) console.log(`         ${name.padEnd(28)}${fixed(score).padStart(6)}`);
  console.log(`\ngate 2   false alarms a month, first / second, ${seeds} seeds`);
  for (const [name, [first, second]] of Object.entries(falseAlarms))
    console.log(`         ${name.padEnd(28)}${fixed(first).padStart(6)} / ${fixed(second)}`);
  console.log(`\ngate 3   events told, of ${seeds * Object.keys(hosts).length}`);
  for (const [name, count] of Object.entries(told)) console.log(`         ${name.padEnd(28)}${String(count).padStart(6)}`);
}

sayWhatLacks();
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    scores: { type: 'string' },
    gates: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '12' },
  },
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) {
  console.error('usage: npm run eval:spikes -- FOLDER [--json] [--scores DIR] [--gates] [--seeds N]');
  process.exitCode = 64;
} else if (flags.gates) runGates(readNabCorpus(folder), adaptiveDefaults.threshold, Number(flags.seeds), flags.json);
else {
  const corpus = readNabCorpus(folder);
  const threshold = adaptiveDefaults.threshold;
  const { evaluation: main, runs } = evaluate(corpus, spikeOperator('adaptive'));
  const ratio = evaluate(corpus, spikeOperator('ratio')).evaluation;
  const beat = evaluate(corpus, metronome(600)).evaluation;
  const baselines = { ratio, metronome: beat };
  if (flags.scores !== undefined) writeAll(flags.scores, corpus, runs, threshold);
  if (flags.json) console.log(JSON.stringify({ ...main, threshold, baselines }, null, 2));
  else {
    const points = corpus.reduce((sum, { rows }) => sum + rows, 0);
    console.log(`${corpus.length} series, ${points.toLocaleString('en-US')} points, threshold ${threshold}, fixed\n`);
    console.log('detector        standard  low FP  low FN  hits  misses  false alarms  us/point');
    console.log(print('adaptive', main));
    console.log(print('ratio', baselines.ratio));
    console.log(print('metronome 600', baselines.metronome));
  }
}

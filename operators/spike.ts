import { z } from 'zod';
import { duration, fieldPath } from '../config/scalars.ts';
import type { Json, JsonObject } from '../src/event.ts';
import { isoOf } from '../src/event.ts';
import { digest } from '../src/memory/digest.ts';
import type { DetectorResult } from '../src/safeguards/detectorResult.ts';
import type { BlipSignal, EventSignal, Finding, FindingSignal, FindingState } from '../src/signal.ts';
import { defineOperator, keyedOptions, type Emit, type Machine } from './kernel.ts';
import { judgeOf } from './spike/detector.ts';
import { readerOf, type Reading } from './spike/reading.ts';
import { add, loadSeries, remember, saveSeries, startSeries, take, type Series } from './spike/series.ts';

const options = z.strictObject({
  value: fieldPath.optional().describe('Number that is watched: a field of events (metadata.latency_ms) or of blips (blip.count); the count of events when left out.'),
  bucket: z.union([z.literal('none'), duration]).default(60_000).describe('Width of a bucket of events; none judges each record by itself. Blips bring their own.'),
  aggregate: z.enum(['sum', 'mean', 'max', 'last']).default('sum').describe('How several values in a bucket become one.'),
  missing: z.enum(['zero', 'gap']).optional().describe('What an empty bucket counts as; zero for counts, a gap for other fields.'),
  detector: z.enum(['adaptive', 'ratio']).default('adaptive').describe('adaptive learns what is usual for the hour; ratio compares with the mean of a window.'),
  direction: z.enum(['up', 'down', 'both']).default('both').describe('Which way a value must stand out.'),
  threshold: z.number().positive().optional().describe('adaptive: score from which it fires.'),
  warmup: z.int().min(0).optional().describe('adaptive: points learned before the first alarm.'),
  memory: z.int().min(100).optional().describe('adaptive: points after which what was learned fades.'),
  zone: z.string().optional().describe('adaptive: IANA zone by which hours and days are cut; UTC when left out.'),
  window: z.int().min(1).optional().describe('ratio: buckets before the judged one that make the baseline.'),
  spikeMultiplier: z.number().gt(1).optional().describe('ratio: how many times the baseline is still usual.'),
  minBaseline: z.number().min(0).optional().describe('ratio: the baseline counts as at least this.'),
  quiet: z.int().min(0).optional().describe('Points after an alarm in which no other is raised.'),
  clearAfter: z.int().min(1).default(2).describe('Calm points in a row after which an alarm is resolved.'),
  hysteresis: z.number().gt(0).max(1).default(0.8).describe('A point is calm below this share of the threshold.'),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Severity of its findings.'),
  maxSeries: z.int().min(1).default(5000).describe('Most series of a key (topics, with blips); those silent longest go, and alarms never.'),
  ...keyedOptions,
});
type Options = z.output<typeof options>;

/** Empty buckets in a row after which a series is no longer filled with zeros. */
const longestSilence = 1440;

interface State {
  key: string;
  /** The open bucket; null when nothing waits. */
  open: { start: number; end: number } | null;
  series: Map<string, Series>;
  late: number;
  unusable: number;
}

/**
 * Finds spikes, up and down, in a series of each key: one series of the events, or one a topic of blips.
 *
 * A finding fires at the onset, and is resolved after `clear_after` calm points; buckets without data are judged as
 * zero, or (`missing: gap`) freeze what is firing. Records of closed buckets are counted and not judged.
 *
 * ```text
 * in     a-a-a-a-(aaaaaaaa)-a-a-|
 *        spike({ bucket: 2, detector: 'ratio', window: 3 })
 * out    a-a-a-a-(aaaaaaaa)-(Fa)-a-R|    F = firing at the close of the full bucket, R = resolved
 * ```
 */
export const spike = defineOperator({
  name: 'spike',
  summary: 'Finds spikes, up and down, in counts or in any number.',
  options,
  keyed: true,
  accepts: ['event', 'blip'],
  emits: ['finding'],
  ports: { findings: (signal) => signal.kind === 'finding' },
  onEvict: 'spill',
  machine: (given): Machine<State, EventSignal | BlipSignal, FindingSignal> => {
    const judge = judgeOf(given);
    const ofBlips = given.value?.startsWith('blip.') === true;
    const each = given.bucket === 'none' && !ofBlips;
    const read = readerOf(given.value, given.bucket === 'none' ? null : given.bucket);
    const zeros = (given.missing ?? (given.value === undefined || given.value === 'blip.count' ? 'zero' : 'gap')) === 'zero';
    const seriesOf = (state: State, { series: id, label }: Reading) => {
      let series = state.series.get(id);
      if (!series) {
        makeRoom(state, given.maxSeries);
        state.series.set(id, (series = startSeries(id, label, judge.start())));
      }
      series.label = label;
      return series;
    };
    const score = (state: State, series: Series, value: number, bucket: { start: number; end: number }, emit: Emit<FindingSignal>) => {
      let result: DetectorResult;
      try {
        result = judge.score(series.detector, bucket.start, value);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        state.unusable += 1;
        return;
      }
      remember(series, value);
      react(state, series, { result, value, ...bucket }, emit);
    };
    const react = (state: State, series: Series, point: NonNullable<Series['alarm']>['peak'], emit: Emit<FindingSignal>) => {
      const { result } = point;
      const wanted = given.direction === 'both' || given.direction === result.direction;
      const { alarm } = series;
      const tell = (status: FindingState) => emit(findingOf(state.key, series, status, point, given, judge.name));
      if (result.fires && wanted) {
        if (!alarm) series.alarm = { id: digest(`spike\0${state.key}\0${series.id}\0${point.start}`), since: point.start, peak: point, clear: 0 };
        else if (result.score > alarm.peak.result.score) alarm.peak = point;
        series.alarm!.clear = 0;
        tell('firing');
      } else if (alarm) {
        alarm.clear = judge.isClear(result) ? alarm.clear + 1 : 0;
        if (alarm.clear < given.clearAfter) return;
        tell('resolved');
        series.alarm = null;
      }
    };
    const close = (state: State, emit: Emit<FindingSignal>) => {
      const bucket = state.open!;
      let alive = false;
      for (const series of state.series.values()) {
        const value = take(series, ofBlips ? 'last' : given.aggregate);
        series.empty = value === null ? series.empty + 1 : 0;
        if (value !== null) score(state, series, value, bucket, emit);
        else if (zeros && series.empty <= longestSilence) score(state, series, 0, bucket, emit);
        if (zeros && series.empty < longestSilence) alive = true;
      }
      const width = bucket.end - bucket.start;
      state.open = alive ? { start: bucket.end, end: bucket.end + width } : null;
    };
    return {
      start: (key) => ({ key, open: null, series: new Map(), late: 0, unusable: 0 }),
      step(state, signal, emit) {
        const reading = read(signal);
        if (reading === null) return;
        if (reading === 'not a number') {
          state.unusable += 1;
          return;
        }
        if (each) {
          score(state, seriesOf(state, reading), reading.value, reading, emit);
          return;
        }
        while (state.open && reading.start >= state.open.end) close(state, emit);
        if (state.open && reading.start < state.open.start) {
          state.late += 1;
          return;
        }
        state.open ??= { start: reading.start, end: reading.end };
        add(seriesOf(state, reading), reading.value);
      },
      // A window's blips come at its end: it is judged a millisecond later, when all of them are in.
      due: ({ open }) => (open ? open.end + (ofBlips ? 1 : 0) : null),
      tick: (state, _time, emit) => close(state, emit),
      end(state, emit) {
        if (state.open && [...state.series.values()].some((series) => series.pending)) close(state, emit);
        state.open = null;
      },
      save: ({ series, ...rest }): Json => ({ ...rest, series: Array.from(series.values(), (one) => saveSeries(one, (s) => judge.save(s))) }) as unknown as Json,
      load(json) {
        const { series, ...rest } = json as unknown as Omit<State, 'series'> & { series: Json[] };
        const loaded = series.map((one) => loadSeries(one, (s) => judge.load(s)));
        return { ...rest, series: new Map(loaded.map((one) => [one.id, one])) };
      },
    };
  },
});

/** Lets go of the series that was silent longest, never of one with an alarm. */
function makeRoom({ series }: State, most: number): void {
  if (series.size < most) return;
  let silent: Series | undefined;
  for (const one of series.values()) if (!one.alarm && (!silent || one.empty > silent.empty)) silent = one;
  if (silent) series.delete(silent.id);
}

function findingOf(
  key: string,
  series: Series,
  state: FindingState,
  point: { result: DetectorResult; value: number; start: number; end: number },
  { severity, clearAfter, value: field }: Options,
  detector: string,
): FindingSignal {
  const { id, since, clear, peak } = series.alarm!;
  const { result, value, start, end } = point;
  const finding: Finding = {
    id,
    rule: 'spike',
    type: 'spike',
    state,
    severity,
    group_id: key,
    ...(series.id === '' ? {} : { topic_id: series.id }),
    title: series.label,
    since: isoOf(since),
    updated: isoOf(end),
    result: {
      ...result,
      detector,
      of: field ?? 'count',
      value,
      usual: result.baseline,
      start: isoOf(start),
      end: isoOf(end),
      duration_ms: end - since,
      peak: { value: peak.value, score: peak.result.score, start: isoOf(peak.start) },
      clear_windows: clear,
      clear_needed: clearAfter,
      trend: [...series.trend],
      trend_cell_ms: end - start,
    } as unknown as JsonObject,
  };
  return { kind: 'finding', time: end, key, finding };
}

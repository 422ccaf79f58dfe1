import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { digest } from '../../base/digest.ts';
import type { DetectorResult } from '../detectorResult.ts';
import type { BlipSignal, EventSignal, FindingSignal } from '../../signal.ts';
import type { Emit, Machine } from '../../kernel/machine.ts';
import { readsBlips } from './changes.ts';
import { makeJudge, type Judge } from './detector.ts';
import { countBits, isRare, startCounts } from './countTail.ts';
import { describeAlarm } from './describeAlarm.ts';
import type { SpikeOptions } from './options.ts';
import { compileReader, isCount, type Reading, type ReadSignal } from './reading.ts';
import { add, loadSeries, remember, saveSeries, startSeries, take, type Point, type Series } from './series.ts';

/** Empty buckets in a row after which a series is no longer filled with zeros. */
const longestSilence = 1440;

/** About what a key holds, and a series of it beside what its detector does, bytes. */
const stateBytes = 500;
const seriesBytes = 500;

interface Bucket {
  start: number;
  end: number;
}

export interface SpikeState {
  key: string;
  /** The open bucket; null when nothing waits. */
  open: Bucket | null;
  series: Map<string, Series>;
  /** About what its series hold, bytes. */
  bytes: number;
  late: number;
  unusable: number;
  /** Alarms over series that are kept no longer: they are resolved as of that event time. */
  ending?: { at: number; series: Json[] };
}

type Saved = Omit<SpikeState, 'series' | 'bytes'> & { series: Json[] };

/** What `spike` does with the series of one key. It makes nothing anew for a point that raises no alarm. */
export class SpikeMachine implements Machine<SpikeState, EventSignal | BlipSignal, FindingSignal> {
  /** A group of which no blip comes has no series. */
  readonly accepts: readonly string[];
  readonly #options: SpikeOptions;
  readonly #judge: Judge;
  readonly #read: ReadSignal;
  readonly #ofBlips: boolean;
  /** Whether each record is judged by itself. */
  readonly #each: boolean;
  /** Whether its points are counts of buckets, of which chance must hardly give one that is reported. */
  readonly #counts: boolean;
  /** Whether an empty bucket is a zero. */
  readonly #zeros: boolean;

  constructor(options: SpikeOptions) {
    const { value, bucket, missing } = options;
    this.#options = options;
    this.#judge = makeJudge(options);
    this.#ofBlips = readsBlips(options);
    this.accepts = [this.#ofBlips ? 'blip' : 'event'];
    this.#each = bucket === 'none' && !this.#ofBlips;
    this.#read = compileReader(value, bucket === 'none' ? null : bucket);
    this.#counts = isCount(value) && !this.#each && options.detector === 'adaptive';
    this.#zeros = (missing ?? (isCount(value) ? 'zero' : 'gap')) === 'zero';
  }

  start(key: string): SpikeState {
    return { key, open: null, series: new Map(), bytes: 0, late: 0, unusable: 0 };
  }

  step(state: SpikeState, signal: EventSignal | BlipSignal, emit: Emit<FindingSignal>): void {
    const reading = this.#read(signal);
    if (reading === null) return;
    if (reading === 'not a number') state.unusable += 1;
    else if (this.#each) this.#score(state, this.#findSeries(state, reading), reading.value, reading, emit);
    else this.#collect(state, reading, emit);
  }

  // A window's blips come at its end: it is judged a millisecond later, when all of them are in.
  due({ open, ending }: SpikeState): number | null {
    if (ending) return ending.at;
    return open ? open.end + (this.#ofBlips ? 1 : 0) : null;
  }

  tick(state: SpikeState, _time: number, emit: Emit<FindingSignal>): void {
    if (state.ending) this.#endAlarms(state, emit);
    else this.#close(state, emit);
  }

  end(state: SpikeState, emit: Emit<FindingSignal>): void {
    if (state.ending) this.#endAlarms(state, emit);
    if (state.open && [...state.series.values()].some((series) => series.pending)) this.#close(state, emit);
    state.open = null;
  }

  size({ bytes }: SpikeState): number {
    return stateBytes + bytes;
  }

  /** An alarm that fires stays until it is resolved. */
  keeps({ series, ending }: SpikeState): boolean {
    if (ending) return true;
    for (const { alarm } of series.values()) if (alarm) return true;
    return false;
  }

  save({ series, bytes: _bytes, ...rest }: SpikeState): Json {
    const saved: Saved = { ...rest, series: Array.from(series.values(), (one) => saveSeries(one, (state) => this.#judge.save(state))) };
    return toSaved(saved);
  }

  load(json: Json): SpikeState {
    const { series, ...rest } = fromSaved<Saved>(json);
    const loaded = series.map((one) => loadSeries(one, (state) => this.#judge.load(state)));
    const bytes = loaded.reduce((sum, one) => sum + this.#countBytes(one), 0);
    return { ...rest, series: new Map(loaded.map((one) => [one.id, one])), bytes };
  }

  #endAlarms(state: SpikeState, emit: Emit<FindingSignal>): void {
    const { at, series } = state.ending!;
    delete state.ending;
    for (const one of series.map((saved) => loadSeries(saved, () => null)))
      emit(describeAlarm(state.key, one, 'resolved', { ...one.alarm!.peak, end: at }, this.#options));
  }

  /** Adds a value to the open bucket; closes those that lie before it. */
  #collect(state: SpikeState, reading: Reading, emit: Emit<FindingSignal>): void {
    while (state.open && reading.start >= state.open.end) this.#close(state, emit);
    if (state.open && reading.start < state.open.start) {
      state.late += 1;
      return;
    }
    state.open ??= { start: reading.start, end: reading.end };
    add(this.#findSeries(state, reading), reading.value);
  }

  #findSeries(state: SpikeState, reading: Reading): Series {
    const { series: id, topic, label } = reading;
    let series = state.series.get(id) ?? takeOver(state, id, topic);
    if (!series) {
      this.#makeRoom(state);
      state.series.set(id, (series = startSeries(reading, this.#judge.start())));
      state.bytes += this.#countBytes(series);
    }
    series.label = label;
    return series;
  }

  #close(state: SpikeState, emit: Emit<FindingSignal>): void {
    const bucket = state.open!;
    let alive = false;
    for (const series of state.series.values()) {
      const value = take(series, this.#ofBlips ? 'last' : this.#options.aggregate);
      series.empty = value === null ? series.empty + 1 : 0;
      if (value !== null) this.#score(state, series, value, bucket, emit);
      else if (this.#zeros && series.empty <= longestSilence) this.#score(state, series, 0, bucket, emit);
      if (this.#zeros && series.empty < longestSilence) alive = true;
    }
    state.open = alive ? { start: bucket.end, end: bucket.end + (bucket.end - bucket.start) } : null;
  }

  #score(state: SpikeState, series: Series, value: number, bucket: Bucket, emit: Emit<FindingSignal>): void {
    let result: DetectorResult | null;
    const before = this.#judge.bytes(series.detector);
    try {
      result = this.#judge.score(series.detector, bucket.start, value, series.alarm !== null);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      state.unusable += 1;
      return;
    }
    state.bytes += this.#judge.bytes(series.detector) - before;
    remember(series, value);
    const bits = this.#counts ? countBits((series.counts ??= startCounts(bucket.start)), value, bucket) : null;
    if (!result) return;
    const { direction } = this.#options;
    const fires = result.fires && (bits === null || isRare(bits)) && (direction === 'both' || direction === result.direction);
    if (!fires && !series.alarm) return;
    const point: Point = { result, value, start: bucket.start, end: bucket.end, ...(bits !== null && { bits }) };
    if (fires) this.#fire(state.key, series, point, emit);
    else this.#calm(state.key, series, point, emit);
  }

  #fire(key: string, series: Series, point: Point, emit: Emit<FindingSignal>): void {
    const { alarm } = series;
    if (!alarm) series.alarm = { id: digest(`spike\0${key}\0${series.id}\0${point.start}`), since: point.start, peak: point, clear: 0 };
    else if (point.result.score > alarm.peak.result.score) alarm.peak = point;
    series.alarm!.clear = 0;
    emit(describeAlarm(key, series, 'firing', point, this.#options));
  }

  #calm(key: string, series: Series, point: Point, emit: Emit<FindingSignal>): void {
    const alarm = series.alarm!;
    alarm.clear = this.#judge.isClear(point.result) ? alarm.clear + 1 : 0;
    if (alarm.clear < this.#options.clearAfter) return;
    emit(describeAlarm(key, series, 'resolved', point, this.#options));
    series.alarm = null;
  }

  /** Lets go of the series that was silent longest, never of one with an alarm. */
  #makeRoom(state: SpikeState): void {
    if (state.series.size < this.#options.maxSeries) return;
    let silent: Series | undefined;
    for (const one of state.series.values()) if (!one.alarm && (!silent || one.empty > silent.empty)) silent = one;
    if (!silent) return;
    state.series.delete(silent.id);
    state.bytes -= this.#countBytes(silent);
  }

  #countBytes({ detector }: Series): number {
    return seriesBytes + this.#judge.bytes(detector);
  }
}

/** A series that was kept by topic, before patterns were by template, goes on as that of its first template to come. */
function takeOver(state: SpikeState, id: string, topic: string | undefined): Series | undefined {
  const series = topic === undefined ? undefined : state.series.get(topic);
  if (!series) return undefined;
  state.series.delete(topic!);
  Object.assign(series, { id, topic });
  state.series.set(id, series);
  return series;
}

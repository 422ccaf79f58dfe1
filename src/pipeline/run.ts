import { join } from 'node:path';
import { Observable } from 'rxjs';
import { MachineFailure, RunClock, type Flow, type Instance } from '../../operators/kernel.ts';
import { CaducusError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Signal } from '../signal.ts';
import { buildGraph, type Graph } from './compile.ts';
import type { Pipeline } from './definition.ts';
import { feed, type Arrival, type Inlet } from './feed.ts';
import { Outlet } from './outlet.ts';
import { Tally, type RunReport, type SourceReport } from './report.ts';
import { operatorHash, restoreOperators, sinkHash, sourceHash, type Snapshot, type SourceState } from './snapshot.ts';
import { Watermark } from './watermark.ts';

/** Records pushed through before the sinks are awaited. The result does not depend on it. */
const stretch = 1024;

export interface RunOptions {
  io: Io;
  dataDir: string;
  /** Aborted to end the run early: nothing more is pulled, everything pulled is delivered. */
  stop?: AbortSignal;
  /** Keeps snapshots; without it the run remembers nothing and an early end closes what is open. */
  checkpoints?: Checkpoints;
  /** Sees every signal that leaves the last operators. */
  observe?(signal: Signal): void;
  /** Told now and then how far the run is. */
  progress?(state: { read: number; newest: number | null }): void;
}

export interface Checkpoints {
  /** The snapshot to go on from; null for a fresh start. */
  restore(): Promise<Snapshot | null>;
  /** Whether one is due after that many further records. */
  due(records: number): boolean;
  save(snapshot: Snapshot): Promise<void>;
}

interface SourceRun {
  report: SourceReport;
  state: SourceState;
  inlet: Inlet;
  /** It moves no time, holds none back, and ends with the others. */
  accompanies: boolean;
  hasEnded: boolean;
}

/** One run of a pipeline: pull, push through the operators, await every sink, pull again. */
export class Run {
  readonly #pipeline: Pipeline;
  readonly #options: RunOptions;
  readonly #clock = new RunClock();
  readonly #graph: Graph;
  readonly #instances = new Map<string, Instance>();
  readonly #tally = new Tally();
  readonly #abort = new AbortController();
  /** Ends the sources that only accompany others. */
  readonly #alone = new AbortController();
  #sources: SourceRun[] = [];
  #outlets: Outlet[] = [];
  #watermark!: Watermark;
  #failure: unknown;

  constructor(pipeline: Pipeline, options: RunOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#graph = buildGraph(pipeline, (node) => ({
      clock: this.#clock,
      attached: (instance) => void this.#instances.set(node.id, instance),
    }));
  }

  /**
   * Runs to the end of the input, or until it is stopped.
   * Throws a CaducusError when a source, an operator or a sink fails.
   */
  async execute(): Promise<RunReport> {
    const { io, stop, checkpoints } = this.#options;
    const began = io.monotonic();
    const onStop = () => this.#abort.abort();
    if (stop?.aborted) onStop();
    stop?.addEventListener('abort', onStop, { once: true });
    try {
      const snapshot = (await checkpoints?.restore()) ?? null;
      await this.#open(snapshot);
      for await (const arrival of feed(this.#sources.map((s) => s.inlet), io, this.#abort.signal)) {
        this.#take(arrival);
        if (arrival.index < 0 || this.#outlets.some((outlet) => outlet.waiting >= stretch) || this.#live) await this.#deliver();
        if (checkpoints?.due(arrival.end - arrival.start)) await this.#checkpoint(checkpoints);
        this.#options.progress?.({ read: this.#read, newest: this.#watermark.newest });
      }
      await this.#deliver();
      if (checkpoints) await this.#checkpoint(checkpoints);
      // Windows that are still open stay in the last snapshot; a run that keeps none closes them now.
      const stopped = this.#abort.signal.aborted;
      if (!stopped || !checkpoints) this.#end();
      await this.#deliver();
      for (const outlet of this.#outlets) await outlet.sink.flush();
      return this.#report(stopped ? 'stopped' : 'input ended', io.monotonic() - began);
    } finally {
      stop?.removeEventListener('abort', onStop);
      this.#abort.abort();
      await Promise.all(this.#sources.map((s) => s.inlet.open.close()));
      await Promise.all(this.#outlets.map((outlet) => outlet.sink.close()));
    }
  }

  get #live(): boolean {
    return this.#sources.some((s) => s.inlet.live);
  }

  get #read(): number {
    return this.#sources.reduce((sum, s) => sum + s.report.read, 0);
  }

  async #open(snapshot: Snapshot | null): Promise<void> {
    const { io, dataDir } = this.#options;
    for (const node of this.#pipeline.sinks) {
      const saved = snapshot?.sinks.find((s) => s.id === node.id && s.hash === sinkHash(node));
      const context = { io, id: node.id, dataDir, from: saved?.position ?? null, pipeline: this.#pipeline.name };
      const sink = await node.sink.spec.open(node.options as never, context);
      const { select = [] } = node.options as { select?: string[] };
      this.#outlets.push(new Outlet(node.id, sink, select, this.#graph.output(node.from)));
    }
    this.#watch();
    this.#graph.connect();
    if (snapshot) restoreOperators(snapshot, this.#instances);
    for (const node of this.#pipeline.sources) {
      const { id, source: { spec } } = node;
      const saved = snapshot?.sources.find((s) => s.id === id && s.hash === sourceHash(node));
      const options = node.options as { idle?: number };
      const signal = spec.accompanies ? AbortSignal.any([this.#abort.signal, this.#alone.signal]) : this.#abort.signal;
      const open = spec.open(node.options as never, {
        io, id: node.name ?? id, from: saved?.position ?? null, signal, dataDir, stateDir: join(dataDir, 'state', this.#pipeline.name),
      });
      this.#sources.push({
        report: { id, read: 0, accepted: 0, rejected: 0, duplicate: 0 },
        state: { id, hash: sourceHash(node), position: saved?.position ?? null, taken: saved?.taken ?? 0 },
        inlet: { open, live: spec.live(node.options as never), idle: options.idle ?? 10_000, skip: saved?.taken ?? 0 },
        accompanies: spec.accompanies,
        hasEnded: false,
      });
    }
    const lateness = this.#pipeline.sources.map(({ options }, i) => ({
      lateness: (options as { allowedLateness?: number }).allowedLateness ?? 0,
      idle: this.#sources[i]!.inlet.idle,
    }));
    this.#watermark = new Watermark(lateness, { merged: !this.#live, now: io.monotonic() });
    for (const [i, { accompanies }] of this.#sources.entries()) if (accompanies) this.#watermark.ended(i);
    if (snapshot) {
      this.#watermark.load(snapshot.progress);
      if (snapshot.watermark !== null) this.#clock.restore(snapshot.watermark);
    }
  }

  /** Watches what leaves the graph: findings for the report, errors of the operators. */
  #watch(): void {
    const used = new Set(this.#pipeline.operators.flatMap((node) => node.from.map((name) => name.split('.')[0])));
    const leaves = this.#pipeline.operators.filter((node) => !used.has(node.id)).map((node) => node.id);
    this.#graph.output(leaves).subscribe({
      next: (signal) => this.#see(signal as Signal),
      error: (error: unknown) => (this.#failure ??= error),
    });
  }

  #see(signal: Signal): void {
    const tally = this.#tally;
    if (signal.kind === 'event') tally.late += signal.late ? 1 : 0;
    else if (signal.kind === 'radar') tally.windows += signal.radar.open ? 0 : 1;
    else if (signal.kind === 'finding') tally.findings += 1;
    else if (signal.kind === 'blip') tally.topic(signal.blip.topic_id, signal.blip.state === 'new');
    else if (signal.kind === 'rejected') tally.rejected(signal.rejected.reason, placeText(signal.rejected));
    this.#options.observe?.(signal);
  }

  #take({ index, batch, start, end, ended }: Arrival): void {
    const watermark = this.#watermark;
    if (ended) {
      watermark.ended(index);
      this.#sources[index]!.hasEnded = true;
      if (this.#sources.every(({ hasEnded, accompanies }) => accompanies || hasEnded)) this.#alone.abort();
      return;
    }
    if (index < 0) {
      this.#clock.advance(watermark.quiet(this.#options.io.monotonic()));
      this.#check();
      return;
    }
    const { report, state, accompanies } = this.#sources[index]!;
    const input = this.#graph.inputs.get(report.id)!;
    watermark.arrived(index, this.#options.io.monotonic());
    for (let i = start; i < end; i += 1) {
      const record = batch.records[i]!;
      report.read += 1;
      if (record.kind === 'rejected') report.rejected += 1;
      else {
        report.accepted += 1;
        if (!accompanies) {
          this.#tally.event(record.time);
          this.#clock.advance(watermark.record(index, record));
        }
      }
      input.next(record as Flow);
      if (this.#failure !== undefined) this.#check();
    }
    const whole = end >= batch.records.length;
    state.taken = whole ? 0 : end;
    if (whole) state.position = batch.position;
    if (whole && batch.watermark !== undefined) {
      watermark.complete(index, batch.watermark);
      this.#clock.advance(watermark.least());
      this.#check();
    }
  }

  #end(): void {
    for (const input of this.#graph.inputs.values()) input.complete();
    this.#check();
  }

  /** Throws what an operator threw. */
  #check(): void {
    const failure = this.#failure;
    if (failure === undefined) return;
    if (failure instanceof MachineFailure) throw new CaducusError('CAD001', { path: failure.operator }, failure.message, { cause: failure });
    throw failure;
  }

  async #deliver(): Promise<void> {
    await Promise.all(this.#outlets.map((outlet) => outlet.deliver()));
  }

  /** At a quiescent point: flush sinks, write one snapshot, then commit outside. */
  async #checkpoint(checkpoints: Checkpoints): Promise<void> {
    await this.#deliver();
    for (const outlet of this.#outlets) await outlet.sink.flush();
    await checkpoints.save(this.#snapshot());
    for (const { inlet, state } of this.#sources) if (state.position !== null) await inlet.open.commit?.(state.position);
  }

  #snapshot(): Snapshot {
    const { operators, sinks, name } = this.#pipeline;
    return {
      version: 1,
      pipeline: name,
      newest: this.#watermark.newest,
      watermark: Number.isFinite(this.#clock.now) ? this.#clock.now : null,
      progress: this.#watermark.save(),
      sources: this.#sources.map(({ state }) => ({ ...state })),
      operators: operators.map((node) => ({
        id: node.id,
        hash: operatorHash(node),
        stateVersion: node.operator.spec.stateVersion,
        state: this.#instances.get(node.id)!.save(),
      })),
      sinks: sinks.map((node, i) => ({ id: node.id, hash: sinkHash(node), position: this.#outlets[i]!.sink.position?.() ?? null })),
    };
  }

  #report(reason: RunReport['reason'], took: number): RunReport {
    const tally = this.#tally;
    return {
      pipeline: this.#pipeline.name,
      reason,
      took,
      first: tally.first,
      last: tally.last,
      sources: this.#sources.filter((s) => !s.accompanies || s.report.read > 0).map((s) => s.report),
      operators: this.#pipeline.operators.map(({ id }) => ({ id, ...this.#instances.get(id)!.counters })),
      sinks: this.#outlets.map((o) => ({ id: o.id, offered: o.offered, ...o.counters, note: o.sink.note?.() ?? '', figures: o.sink.figures?.() ?? {} })),
      late: tally.late,
      rejected: tally.rejectedReasons,
      windows: tally.windows,
      patterns: tally.patterns,
      newPatterns: tally.newPatterns,
      findings: tally.findings,
    };
  }
}

function placeText({ source, place: { file, line, offset } }: { source: string; place: { file?: string; line?: number; offset?: number } }): string {
  const at = line !== undefined ? `:${line}` : offset !== undefined ? ` at byte ${offset}` : '';
  return `${file ?? source}${at}`;
}

/** A run as a cold Observable of the signals that leave its last operators; unsubscribing stops it. */
export function runPipeline(pipeline: Pipeline, options: RunOptions): Observable<Signal> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => stop.abort());
    const observe = (signal: Signal) => subscriber.next(signal);
    new Run(pipeline, { ...options, stop: stop.signal, observe }).execute().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}

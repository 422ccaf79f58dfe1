import { countStates } from '../../board/readBoard.ts';
import type { Io } from '../../io.ts';
import type { Page, PageRequest } from '../../io/servePages.ts';
import type { Radar, Signal } from '../../signal.ts';
import { noCounts, type MemoryCounts } from '../../memory/memoryCounts.ts';
import type { EngineFigures } from '../../engine/look/engineFigures.ts';
import type { Exposition } from './exposition.ts';
import type { ProcessFigures } from './figures.ts';
import type { RunFigures, RunReport } from '../../run/report.ts';
import { Health } from './health.ts';
import type { Logger } from './logger.ts';
import { answerMetrics, serveMetrics, type MetricsPages } from './metricsServer.ts';
import { lookForClockJumps, startClockJumps, type ClockJumps } from './clockJumps.ts';
import { describeTroubles, lookForTroubles, startTroubles } from './troubles.ts';
import { listWarnings, lookForWarnings, startWarnings } from './warnings.ts';
import { statusEvery, buildStatus, writeStatus } from './statusFile.ts';

export interface TelemetryOptions {
  io: Io;
  dataDir: string;
  pid: number;
  log: Logger;
  /** Address of the metrics page; null without one. */
  listen: string | null;
  token: string | null;
  /** They are asked for through another listener too. */
  beside?: boolean;
  /** A live run without a record for longer than this is stale, milliseconds. */
  staleAfter: number;
  /** It is one of several processes that run the pipeline: it keeps no status file, which would be of all. */
  isOneOfSeveral?: boolean;
}

/** What is reported about. */
export interface TelemetryRun {
  execute(): Promise<RunReport>;
  figures(): RunFigures | null;
  /** Its share of the work on an engine. */
  share?(): Promise<EngineFigures>;
}

/** What a running pipeline reports about itself: metrics, health, a status file, a log. It asks; the run's own path is left alone. */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #health: Health;
  readonly #checkpoints = { count: 0, failures: 0, bytes: 0 };
  /** The radar of the last closed window. */
  #radar: Radar | null = null;
  /** Asks the run's memories what they do not hold. */
  memory: () => MemoryCounts = () => noCounts;
  #figures: () => RunFigures | null = () => null;
  #exposition: Exposition | null = null;
  #pages: MetricsPages | null = null;
  #server: { port: number; close(): Promise<void> } | null = null;
  #written: number;
  #rate = { at: 0, read: 0, perSecond: 0 };
  #writing: Promise<void> | null = null;
  readonly #started: number;
  readonly #troubles = startTroubles();
  readonly #clock: ClockJumps;
  readonly #warnings = startWarnings();

  constructor(options: TelemetryOptions) {
    const { io } = options;
    this.#options = options;
    this.#health = new Health(io.monotonic());
    this.#started = io.now();
    this.#written = io.monotonic() - statusEvery;
    this.#rate.at = io.monotonic();
    this.#clock = startClockJumps(io.now(), io.monotonic());
  }

  /** Port of the metrics page; null without one. */
  get port(): number | null {
    return this.#server?.port ?? null;
  }

  /** Opens the page, if one is wanted. Throws CAD070 and CAD071 as `serveMetrics`. */
  async open(pipeline: string, figures: () => RunFigures | null, engine: (() => Promise<EngineFigures>) | null = null): Promise<void> {
    const { io, listen, token, log, beside } = this.#options;
    this.#figures = figures;
    if (listen === null && beside !== true) return;
    const { exposition } = await import('./exposition.ts');
    const page = exposition(pipeline, figures, () => this.#ofProcess(), io.now, engine);
    this.#exposition = page;
    this.#pages = {
      metrics: async () => ({ type: page.type, text: await page.text() }),
      problem: () => this.problem(),
      stuck: () => this.#health.problem({ now: io.monotonic(), live: false, staleAfter: 0 }),
      ready: () => this.#health.ready,
    };
    if (listen === null) return;
    this.#server = await serveMetrics(io.net, { address: listen, token }, this.#pages);
    log.info('metrics page open', { address: listen, port: this.#server.port });
  }

  /** Its pages for another listener; null for a path that is none of theirs. */
  readonly answer = async (request: PageRequest): Promise<Page | null> =>
    this.#pages && answerMetrics(request, this.#pages, this.#options.token);

  /** Sees what leaves the pipeline. */
  readonly observe = (signal: Signal): void => {
    if (signal.kind === 'radar' && !signal.radar.open) this.#radar = signal.radar;
    else if (signal.kind === 'rejected')
      this.#options.log.debug('rejected', { source: signal.rejected.source, reason: signal.rejected.reason });
  };

  /** Called each time the run has gone once around. */
  readonly turned = ({ read }: { read: number }): void => {
    const now = this.#options.io.monotonic();
    this.#health.turned(now, read);
    if (now - this.#written < statusEvery) return;
    this.#rate = { at: now, read, perSecond: ((read - this.#rate.read) / Math.max(1, now - this.#rate.at)) * 1000 };
    this.#written = now;
    this.#warn();
    // One write at a time: a slow disk delays the next word, not the run.
    this.#writing ??= this.#writeStatus('running').finally(() => (this.#writing = null));
  };

  /** A checkpoint is on disk. */
  readonly checkpointed = ({ took, bytes }: { took: number; bytes: number }): void => {
    this.#checkpoints.count += 1;
    this.#checkpoints.bytes = bytes;
    this.#exposition?.checkpoint(took / 1000);
    this.#options.log.debug('checkpoint', { took_ms: Math.round(took), bytes });
  };

  /** Runs it, with all of this around. Throws what the run throws. */
  async during(pipeline: string, run: TelemetryRun): Promise<RunReport> {
    const { log } = this.#options;
    const share = run.share?.bind(run);
    await this.open(pipeline, () => run.figures(), share);
    try {
      log.info('started');
      const report = await run.execute();
      log.info('ended', { reason: report.reason, took_ms: Math.round(report.took) });
      return report;
    } catch (error) {
      // People get it from the program itself; the log repeats it for machines that ask for one.
      log.info('failed', { error: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      await this.close();
      await log.flush();
    }
  }

  /** The run is over: no longer ready, and the status file says so. */
  async close(): Promise<void> {
    this.#health.ready = false;
    await this.#writing;
    this.#warn();
    await this.#writeStatus('stopped');
    await this.#server?.close();
  }

  #ofProcess(): ProcessFigures {
    return {
      checkpoints: this.#checkpoints,
      patterns: this.#radar === null ? {} : countStates(this.#radar),
      top: this.#radar?.blips ?? [],
      memory: this.memory(),
      warnings: listWarnings(this.#warnings),
    };
  }

  /** What is wrong with the run, in words; null when nothing is. */
  problem(): string | null {
    const { io, staleAfter } = this.#options;
    const own = this.#health.problem({ now: io.monotonic(), live: this.#figures()?.live ?? false, staleAfter });
    return own ?? describeTroubles(this.#troubles);
  }

  /** What goes wrong in a run that goes on is reported, a line a minute of each; a run that ends has a summary. */
  #warn(): void {
    const figures = this.#figures();
    if (!figures) return;
    const { io, log } = this.#options;
    lookForTroubles(this.#troubles, figures.report, io.now());
    lookForClockJumps(this.#clock, io.now(), io.monotonic());
    const process = { ...this.#ofProcess(), troubles: this.#troubles, clock: this.#clock };
    for (const { kind, component, what, count, fresh } of lookForWarnings(this.#warnings, figures, process, io.now())) {
      const say = kind === 'sink_back' || kind === 'source_back' ? log.info : log.warn;
      if (figures.live) say(kind, { component, count: fresh, in_all: count, what });
    }
  }

  async #writeStatus(state: 'running' | 'stopped'): Promise<void> {
    const { io, dataDir, pid, log, isOneOfSeveral = false } = this.#options;
    const figures = this.#figures();
    if (!figures || isOneOfSeveral) return;
    const context = {
      pid,
      state,
      started: this.#started,
      now: io.now(),
      problem: state === 'running' ? this.problem() : null,
      rate: this.#rate.perSecond,
    };
    const status = buildStatus(figures, this.#ofProcess(), context);
    await writeStatus(io.files, dataDir, status).catch((error: unknown) =>
      log.warn('status not written', { error: error instanceof Error ? error.message : String(error) }),
    );
  }
}

import type { Io } from '../../io.ts';
import type { Json } from '../../event.ts';
import type { ArrivalJournal, Decision } from './arrivalJournal.ts';
import { damagedLine, decisionOf, takenOf } from './decisions.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { feed, type Arrival, type Inlet } from './feed.ts';
import type { LiveClock } from './liveClock.ts';
import type { SourceReport } from '../report.ts';
import type { SourceState } from '../checkpoint/snapshot.ts';
import { admitted, idleAfter, startSource, type SourceRun } from './sourceRun.ts';
import type { Taken } from './taken.ts';

export interface IntakeOptions {
  io: Io;
  dataDir: string;
  stateDir: string;
  signal: AbortSignal;
  clock: LiveClock;
  /** Live runs only: what was journalled comes first, and what comes is journalled. */
  journal: ArrivalJournal | null;
  /** Keeps everything that comes, for a replay. */
  record?: ArrivalJournal | null;
  /** The journal is a recording: after it nothing comes, and nothing beyond `until`, an event time in milliseconds. */
  replay?: { until: number | null } | null;
}

/** The sources of a run, as one stream: what an earlier run journalled first, then what they give. */
export class Intake {
  readonly sources: readonly SourceRun[];
  readonly live: boolean;
  /** What comes is what an earlier run had journalled. */
  replaying = false;
  readonly #options: IntakeOptions;
  /** Ends the sources that only accompany others. */
  readonly #alone = new AbortController();

  constructor({ sources, redact }: Pick<Pipeline, 'sources' | 'redact'>, saved: readonly SourceState[], options: IntakeOptions) {
    this.#options = options;
    this.live = isLive({ sources });
    this.sources = sources.map((node) =>
      startSource(
        node,
        redact,
        saved.find(({ id }) => id === node.id),
      ),
    );
  }

  /** How far behind each source may be, and when it counts as idle. */
  get lateness(): { lateness: number; idle: number }[] {
    return this.sources.map(({ node }) => ({
      lateness: (node.options as { allowedLateness?: number }).allowedLateness ?? 0,
      idle: idleAfter(node),
    }));
  }

  /** Where all of them stand, for a checkpoint. */
  get states(): SourceState[] {
    return this.sources.map(({ state, ingress }) => {
      const recent = ingress.save();
      return { ...state, ...(recent && { recent }) };
    });
  }

  reports(): SourceReport[] {
    const shown = this.sources.filter(({ node, report }) => !node.source.spec.accompanies || report.read > 0);
    return shown.map((source) => {
      const {
        report,
        open,
        disordered,
        ingress: { redacted },
      } = source;
      const behind = this.#behind(source);
      const extent = open?.extent?.();
      return {
        ...report,
        ...(behind !== null && { behind }),
        ...(disordered > 0 && { disordered }),
        ...(extent && { extent }),
        ...(redacted && { redacted }),
      };
    });
  }

  #behind({ node, state: { reached }, hasEnded }: SourceRun): number | null {
    if (hasEnded || reached === null || !node.source.spec.live(node.options)) return null;
    return Math.max(0, this.#options.io.now() - reached);
  }

  async *arrivals(): AsyncGenerator<Taken> {
    const { record } = this.#options;
    for await (const taken of this.#all()) {
      if (record && taken.index >= 0 && !taken.aside) await this.#write(record, taken, false);
      yield taken;
    }
  }

  async *#all(): AsyncGenerator<Taken> {
    const { io, journal, signal, replay } = this.#options;
    if (journal) yield* this.#journalled(journal);
    if (signal.aborted || replay) return;
    for await (const arrival of feed(
      this.sources.map((source) => this.#open(source)),
      io,
      signal,
    )) {
      const taken = this.#arrived(arrival);
      if (journal && taken.index >= 0) await this.#write(journal, taken, true);
      yield taken;
    }
  }

  /** The clock moved the watermark: part of what a replay has to repeat. */
  async moved(at: number): Promise<void> {
    if (!this.replaying) await this.#options.journal?.append({ at }, false);
    await this.#options.record?.append({ at }, false);
  }

  /** That has been worked on: the source stands behind it. */
  passed({ index, records, given, position, left, ended, aside }: Taken): void {
    if (aside) return;
    if (ended) return this.#ended(index);
    const { state } = this.sources[index]!;
    for (const { time } of records) if (state.reached === null || time > state.reached) state.reached = time;
    // Records that leave the position where it was are given again next time, and skipped.
    if (position === undefined || isSame(position, state.position)) state.taken += given;
    else {
      state.position = position;
      state.taken = left;
    }
  }

  /** Whether these records are given again, perhaps longer, when the pipeline runs next: the unfinished end of a file. */
  isProvisional({ index, given, position, aside }: Taken): boolean {
    return (
      index >= 0 &&
      !aside &&
      given > 0 &&
      position !== undefined &&
      position !== null &&
      isSame(position, this.sources[index]!.state.position)
    );
  }

  /** A checkpoint that holds these positions is on disk. */
  async commit(states: readonly SourceState[]): Promise<void> {
    for (const [index, { position }] of states.entries()) if (position !== null) await this.sources[index]!.open?.commit?.(position);
  }

  /** No checkpoint before the one of these positions is kept any more. */
  async release(states: readonly SourceState[], journal: Json): Promise<void> {
    for (const [index, { position }] of states.entries()) if (position !== null) await this.sources[index]!.open?.release?.(position);
    await this.#options.journal?.release(journal);
  }

  async close(): Promise<void> {
    await Promise.all([...this.sources.map(({ open }) => open?.close()), this.#options.journal?.close()]);
  }

  /** When the others have ended, those that accompany them end too. */
  #ended(index: number): void {
    this.sources[index]!.hasEnded = true;
    if (this.sources.every(({ node, hasEnded }) => hasEnded || node.source.spec.accompanies)) this.#alone.abort();
  }

  async *#journalled(journal: ArrivalJournal): AsyncGenerator<Taken> {
    this.replaying = true;
    for await (const decision of journal.rest()) {
      const taken = this.#decided(decision);
      const beyond = taken ? this.#beyond(taken) : -1;
      if (taken) yield beyond < 0 ? taken : { ...taken, records: taken.records.slice(0, beyond) };
      if (beyond >= 0) return;
      if (this.#options.signal.aborted) return;
    }
    this.replaying = false;
  }

  /** The first of its records that lies beyond the end of a replay; -1 when none does. */
  #beyond({ records }: Taken): number {
    const until = this.#options.replay?.until ?? null;
    return until === null ? -1 : records.findIndex(({ time }) => time > until);
  }

  #decided(decision: Decision | { damaged: string }): Taken | null {
    const { clock } = this.#options;
    // Which source a damaged line was of cannot be told any more; said under the name of the first.
    if ('damaged' in decision) return damagedLine(this.sources[0]!.node.id, clock.at, decision.damaged);
    clock.restore(decision.at);
    const index = this.sources.findIndex(({ node }) => node.id === decision.source);
    if (index < 0) return decision.source === undefined ? takenOf(decision, -1) : null;
    const taken = takenOf(decision, index);
    // They came in through the ingress when they were journalled; only the memory of their ids has to be renewed.
    for (const record of taken.records) this.sources[index]!.ingress.admit(record, Number.POSITIVE_INFINITY);
    return taken;
  }

  #open(source: SourceRun): Inlet {
    const { io, dataDir, stateDir } = this.#options;
    const { node, state, ingress } = source;
    const { spec } = node.source;
    const signal = spec.accompanies ? AbortSignal.any([this.#options.signal, this.#alone.signal]) : this.#options.signal;
    const open = spec.open(node.options, {
      io,
      id: node.name ?? node.id,
      from: state.position,
      signal,
      dataDir,
      stateDir,
      redact: ingress.redact,
    });
    source.open = open;
    return { open, live: spec.live(node.options), idle: idleAfter(node), skip: state.taken, reached: state.reached };
  }

  #arrived({ index, batch, start, end, ended = false, left }: Arrival): Taken {
    const { clock, io } = this.#options;
    const at = clock.look();
    const whole = index >= 0 && !ended && end >= batch.records.length;
    const records = index < 0 ? [] : admitted(this.sources[index]!, batch.records.slice(start, end), io.now());
    return { index, at, records, given: end - start, left, ended, ...(whole && { position: batch.position, watermark: batch.watermark }) };
  }

  #write(journal: ArrivalJournal, taken: Taken, sync: boolean): Promise<void> {
    const { node } = this.sources[taken.index]!;
    return journal.append(decisionOf(node.id, taken), sync && !node.source.spec.replayable(node.options));
  }
}

/** Whether a pipeline merges its sources by arrival: one of them is live. */
export const isLive = ({ sources }: Pick<Pipeline, 'sources'>): boolean => sources.some(({ source, options }) => source.spec.live(options));

const isSame = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b);

// One file, because whose turn it is depends on all sources at once: their times, their silence, their ends.
import { join } from 'node:path';
import { silence, type Arrival } from '../../arrival.ts';
import { isSameJson } from '../../base/isSameJson.ts';
import type { Io } from '../../io.ts';
import type { Trouble } from '../../base/trouble.ts';
import type { Json } from '../../event.ts';
import type { ArrivalJournal } from './arrivalJournal.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Parsing } from '../../sources/parsing/parsing.ts';
import { feed, heldBy, type Incoming, type Inlet } from './feed.ts';
import type { SavedSourceClock } from './sourceClock.ts';
import type { LiveClock } from './liveClock.ts';
import { SortedRuns } from './sortedRuns.ts';
import type { SourceReport } from '../report.ts';
import type { SourceState } from '../checkpoint/snapshot.ts';
import { rejectTimeless } from './rejectTimeless.ts';
import { admitted, holds, idleAfter, openClock, readLateness, startSource, type SourceRun } from './sourceRun.ts';
import type { Lateness } from './watermark.ts';

/** Characters of a damaged line that are kept. */
const originalLength = 4096;

export interface IntakeOptions {
  io: Io;
  dataDir: string;
  stateDir: string;
  signal: AbortSignal;
  clock: LiveClock;
  /** Where finite input that is being put in order goes that does not fit into memory; none is kept without one. */
  sortFolder: string | null;
  /** Live runs only: what was journalled comes first, and what comes is journalled. */
  journal: ArrivalJournal | null;
  /** Keeps everything that comes, for a replay. */
  record?: ArrivalJournal | null;
  /** The journal is a recording: after it nothing comes, and nothing beyond `until`, an event time in milliseconds. */
  replay?: { until: number | null } | null;
  /** Where bytes are parsed instead of in this thread; there is none when left out. */
  parsing?: Parsing | undefined;
}

/** The sources of a run, as one stream: what an earlier run journalled first, then what they give. */
export class Intake {
  readonly sources: readonly SourceRun[];
  readonly live: boolean;
  readonly #byId: ReadonlyMap<string, SourceRun>;
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
    this.#byId = new Map(this.sources.map((source) => [source.node.id, source]));
  }

  /** How far behind each source may be, and when it counts as idle. */
  get lateness(): Lateness[] {
    return this.sources.map(({ node }) => readLateness(node));
  }

  /** Where all of them stand, for a checkpoint. */
  get states(): SourceState[] {
    return this.sources.map(({ state, ingress }) => {
      const recent = ingress.save();
      return { ...state, ...(recent && { recent }) };
    });
  }

  /** Where the journal stands, for a checkpoint; null without one. */
  get journalPosition(): Json {
    return this.#options.replay ? null : (this.#options.journal?.position ?? null);
  }

  /** Event time of the first and last record of the sources that bring events, milliseconds; null without any. */
  get span(): { first: number | null; last: number | null } {
    const own = this.sources.filter(({ node }) => !node.source.spec.accompanies);
    const known = (times: (number | null)[]) => times.filter((time) => time !== null);
    const [firsts, lasts] = [known(own.map(({ first }) => first)), known(own.map(({ last }) => last))];
    return { first: firsts.length > 0 ? Math.min(...firsts) : null, last: lasts.length > 0 ? Math.max(...lasts) : null };
  }

  reports(): SourceReport[] {
    const shown = this.sources.filter(({ node, report }) => !node.source.spec.accompanies || report.read > 0);
    return shown.map((source) => {
      const {
        report,
        open,
        clock,
        disordered,
        ingress: { redacted },
      } = source;
      const behind = this.#behind(source);
      const { held = 0, counts } = clock ?? {};
      const extent = open?.extent?.();
      const [trouble, canary] = [open?.trouble?.(), open?.canary?.()];
      const { duplicate = 0, filtered = 0, left_out = 0, passed_over = 0 } = open?.counts?.() ?? {};
      return {
        ...report,
        read: report.read + held + duplicate + filtered,
        duplicate: report.duplicate + duplicate,
        ...(held > 0 && { held }),
        ...(filtered > 0 && { filtered }),
        ...(left_out > 0 && { left_out }),
        ...(passed_over > 0 && { passed_over }),
        ...(counts && counts.stray > 0 && { strays: counts.stray }),
        ...(counts && counts['set back'] > 0 && { set_back: counts['set back'] }),
        ...(clock?.ahead === true && { ahead: true }),
        ...(trouble && { trouble }),
        ...(canary && { canary }),
        ...(behind !== null && { behind }),
        ...(disordered > 0 && { disordered }),
        ...(extent && { extent }),
        ...(redacted && { redacted }),
      };
    });
  }

  /** Sources that give nothing. */
  troubles(): ({ type: 'source'; id: string } & Trouble)[] {
    return this.sources.flatMap(({ node: { id }, open }) => {
      const trouble = open?.trouble?.();
      return trouble ? [{ type: 'source' as const, id, ...trouble }] : [];
    });
  }

  #behind({ node, state: { reached }, hasEnded }: SourceRun): number | null {
    if (hasEnded || reached === null || !node.source.spec.live(node.options)) return null;
    return Math.max(0, this.#options.io.now() - reached);
  }

  async *arrivals(): AsyncGenerator<Arrival> {
    const { record } = this.#options;
    for await (const arrival of this.#all()) {
      if (record && arrival.source !== null && !arrival.aside) await this.#write(record, arrival, false);
      yield arrival;
    }
  }

  async *#all(): AsyncGenerator<Arrival> {
    const { io, journal, signal, replay } = this.#options;
    if (journal) yield* this.#journalled(journal);
    if (signal.aborted || replay) return;
    const inlets = this.sources.map((source) => this.#open(source));
    for await (const incoming of feed(inlets, io, signal)) {
      for (const one of this.#withHeld(incoming)) {
        const arrival = this.#admit(one);
        if (journal && arrival.source !== null) await this.#write(journal, arrival, true);
        yield arrival;
      }
    }
  }

  /** Before word that nothing came: what sources hold that have been silent for long enough. */
  *#withHeld(incoming: Incoming): Iterable<Incoming> {
    const now = this.#options.clock.look();
    if (incoming.source !== null) this.of(incoming.source).lastAt = now;
    else {
      for (const { node, clock, lastAt } of this.sources) {
        if (clock && clock.held > 0 && now - lastAt >= idleAfter(node)) yield heldBy({ id: node.id, clock });
      }
    }
    yield incoming;
  }

  /** What sources still hold, at the end of a run that keeps no state. */
  *held(): Iterable<Arrival> {
    for (const { node, clock } of this.sources) if (clock && clock.held > 0) yield this.#admit(heldBy({ id: node.id, clock }));
  }

  /** The source of an arrival. */
  of(id: string): SourceRun {
    return this.#byId.get(id)!;
  }

  /** The clock moved the watermark: part of what a replay has to repeat. */
  async moved(at: number): Promise<void> {
    if (!this.replaying) await this.#options.journal?.append(silence(at), false);
    await this.#options.record?.append(silence(at), false);
  }

  /** That has been worked on: the source stands behind it. */
  passed({ source, records, given, position, left, clock, ended, aside, again }: Arrival): void {
    if (source === null || aside) return;
    if (ended) return this.#ended(source);
    const { state } = this.of(source);
    for (const { time } of records) if (state.reached === null || time > state.reached) state.reached = time;
    // Records that leave the position where it was are given again next time, and skipped.
    const isSamePlace = position !== undefined && again === undefined && given > 0 && isSameJson(position, state.position);
    const stays = position === undefined ? clock === undefined : isSamePlace;
    if (stays) {
      state.taken += given;
      return;
    }
    if (position !== undefined) state.position = position;
    if (clock !== undefined) state.clock = clock as SavedSourceClock;
    state.taken = left;
  }

  /** Whether these records are given again, perhaps longer, when the pipeline runs next: the unfinished end of a file. */
  isProvisional({ source, given, position, aside, again }: Arrival): boolean {
    if (again !== undefined) return again && given > 0;
    if (source === null || aside || given === 0 || position === undefined || position === null) return false;
    return isSameJson(position, this.of(source).state.position);
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
    for (const { clock } of this.sources) clock?.close?.();
    await Promise.all([...this.sources.map(({ open }) => open?.close()), this.#options.journal?.close()]);
  }

  /** When the others have ended, those that accompany them end too. */
  #ended(source: string): void {
    this.of(source).hasEnded = true;
    if (this.sources.every(({ node, hasEnded }) => hasEnded || node.source.spec.accompanies)) this.#alone.abort();
  }

  async *#journalled(journal: ArrivalJournal): AsyncGenerator<Arrival> {
    this.replaying = true;
    for await (const written of journal.rest()) {
      const arrival = 'damaged' in written ? this.#damaged(written.damaged) : this.takeAgain(written);
      const beyond = arrival ? this.#beyond(arrival) : -1;
      if (arrival) yield beyond < 0 ? arrival : { ...arrival, records: arrival.records.slice(0, beyond) };
      if (beyond >= 0) return;
      if (this.#options.signal.aborted) return;
    }
    this.replaying = false;
  }

  /** The first of its records that lies beyond the end of a replay; -1 when none does. */
  #beyond({ records }: Arrival): number {
    const until = this.#options.replay?.until ?? null;
    return until === null ? -1 : records.findIndex(({ time }) => time > until);
  }

  /** An arrival that came before, and was kept; null when its source is no longer in the pipeline. */
  takeAgain(written: Arrival): Arrival | null {
    this.#options.clock.restore(written.at);
    if (written.source === null) return written;
    const source = this.#byId.get(written.source);
    // They came in through the ingress when they were journalled; only the memory of their ids has to be renewed.
    for (const record of source ? written.records : []) source!.ingress.admit(record);
    return source ? written : null;
  }

  /** Which source a damaged line was of cannot be known any more; it is rejected under the name of the first, and moves none. */
  #damaged(line: string): Arrival {
    const source = this.sources[0]!.node.id;
    const rejected = { source, reason: 'damaged line of the journal', place: {}, original: line.slice(0, originalLength) };
    return { ...silence(this.#options.clock.at), source, aside: true, records: [{ kind: 'rejected', time: 0, key: '', rejected }] };
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
      parsing: this.#options.parsing,
    });
    source.open = open;
    const { sortFolder } = this.#options;
    const runs = sortFolder === null ? null : new SortedRuns(io.files, join(sortFolder, node.id));
    source.clock = openClock(source, { orders: !this.live, runs });
    return {
      id: node.id,
      open,
      clock: source.clock,
      prepare: holds(node) ? ingress.redact : rejectTimeless,
      position: state.position,
      live: spec.live(node.options),
      idle: idleAfter(node),
      skip: state.taken,
      reached: state.reached,
    };
  }

  /** What came passes the ingress of its source, at a time of the run's clock. */
  #admit(incoming: Incoming): Arrival {
    const at = this.#options.clock.look();
    const { source, records } = incoming;
    // What a clock may hold has been through the ingress before.
    if (source === null || records.length === 0 || holds(this.of(source).node)) return { ...incoming, at };
    return { ...incoming, at, records: admitted(this.of(source), records) };
  }

  #write(journal: ArrivalJournal, arrival: Arrival, sync: boolean): Promise<void> {
    const { node } = this.of(arrival.source!);
    return journal.append(arrival, sync && !node.source.spec.replayable(node.options));
  }
}

/** Whether a pipeline merges its sources by arrival: one of them is live. */
export const isLive = ({ sources }: Pick<Pipeline, 'sources'>): boolean => sources.some(({ source, options }) => source.spec.live(options));

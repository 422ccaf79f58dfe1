import type { Arrival } from '../../arrival.ts';
import { MachineFailure } from '../../kernel/defineOperator.ts';
import type { Signal } from '../../signal.ts';
import type { Failure } from '../checkpoint/checkpointer.ts';
import type { VectorProvider } from '../vectors/vectorProvider.ts';
import type { Stage, StageOutput, StageResult } from './stage.ts';
import { copyStage, setAside } from './stageCopy.ts';

export interface StageDriverOptions {
  vectors: VectorProvider | null;
  /** Records that earlier runs failed at. */
  failures: readonly Pick<Failure, 'source' | 'record'>[];
  /** How many records of a source went in before, over all runs. */
  recordsOf(source: string): number;
  /** Takes what has left the stage. */
  emit(out: StageOutput): void;
  /** Called where the stage is to pause: it goes on once this resolves. Rejects where it shall not go on. */
  breathe(): Promise<void>;
  /** Those records of an arrival are worked on. */
  worked(source: string, records: readonly Signal[]): void;
  /** Makes everything before a record safe, so that it can be tried. */
  beforeTrial(): Promise<void>;
  /** What the stage had given of a trial is void, and the stage was built anew. */
  afterFailure(): void;
}

/** Takes arrivals through a stage: gets it the vectors it waits for, and tries by themselves the records it failed at before. */
export class StageDriver {
  stage: Stage;
  readonly #options: StageDriverOptions;
  readonly #suspects = new Map<string, Set<number>>();
  /** The source and number of the first record of what is being pushed. */
  #pushing: { source: string; first: number } | null = null;

  constructor(stage: Stage, options: StageDriverOptions) {
    this.stage = stage;
    this.#options = options;
    for (const { source, record } of options.failures) this.#suspects.set(source, (this.#suspects.get(source) ?? new Set()).add(record));
  }

  /** The record at which an operator has thrown, if it was at a record. */
  get failed(): { source: string; record: number } | null {
    const { failedAt } = this.stage;
    return this.#pushing && failedAt !== null ? { source: this.#pushing.source, record: this.#pushing.first + failedAt } : null;
  }

  /** Takes an arrival through. Undefined where it is done with at once, as nearly all are. */
  push(arrival: Arrival): Promise<void> | undefined {
    const suspects = this.#suspects.get(arrival.source!);
    return suspects ? this.#pushSuspects(arrival, suspects) : this.#push(arrival);
  }

  async #pushSuspects(arrival: Arrival, suspects: ReadonlySet<number>): Promise<void> {
    const { source, records } = arrival;
    const first = this.#options.recordsOf(source!) + 1;
    let done = 0;
    for (let i = 0; i < records.length; i += 1) {
      if (!suspects.has(first + i)) continue;
      await this.#push(part(arrival, done, i));
      await this.#try(part(arrival, i, i + 1));
      done = i + 1;
    }
    await this.#push({ ...arrival, records: records.slice(done) });
  }

  /** Nothing came for a while. Returns whether that moved event time. */
  async advance(at: number): Promise<boolean> {
    const before = this.stage.clock.now;
    const result = this.stage.advance(at);
    if (result.waiting === null && this.stage.clock.now <= before) return false;
    await this.#finish(result, this.#options.emit);
    return true;
  }

  /** The input is over: what is open closes. */
  async end(): Promise<void> {
    await this.#options.vectors?.beforeEnd(this.stage);
    this.#options.emit(this.stage.end());
  }

  #push(arrival: Arrival, emit: StageDriverOptions['emit'] = this.#options.emit): Promise<void> | undefined {
    const source = arrival.source!;
    this.#pushing = { source, first: this.#options.recordsOf(source) + 1 };
    const result = this.stage.push(arrival);
    if (result.waiting !== null) return this.#goOn(arrival, result, emit);
    emit(result.out);
    this.#worked(arrival);
    return undefined;
  }

  /** The rest of an arrival that had to wait. */
  async #goOn(arrival: Arrival, waiting: StageResult, emit: StageDriverOptions['emit']): Promise<void> {
    for (let result = waiting; ; result = this.stage.push(arrival, result.done)) {
      await this.#finish(result, emit);
      if (result.waiting === null) break;
    }
    this.#worked(arrival);
  }

  #worked({ source, records }: Arrival): void {
    this.#pushing = null;
    this.#options.worked(source!, records);
  }

  async #finish({ out, waiting }: StageResult, emit: StageDriverOptions['emit']): Promise<void> {
    emit(out);
    if (waiting === null) return;
    const tick = async (time: number) => {
      while (!this.stage.tick(time)) {
        if (!this.stage.isPaused) return false;
        emit(this.stage.take());
        await this.#options.breathe();
      }
      return true;
    };
    if (this.stage.isPaused) await this.#options.breathe();
    const { instances, clock } = this.stage;
    if (!this.stage.isPaused || !(await tick(waiting))) await this.#options.vectors!.reach({ instances, clock, tick }, waiting);
    emit(this.stage.take());
  }

  /** A record that an operator threw at before: should it throw again, all is as before it, and the record is set aside. */
  async #try(arrival: Arrival): Promise<void> {
    const { emit, beforeTrial, afterFailure } = this.#options;
    await beforeTrial();
    const before = copyStage(this.stage);
    const outs: StageOutput[] = [];
    try {
      await this.#push(arrival, (out) => void outs.push(out));
    } catch (error) {
      // An operator that fails when time moves fails at any record.
      if (!(error instanceof MachineFailure) || this.failed === null) throw error;
      this.stage = before();
      afterFailure();
      const [record] = arrival.records;
      await this.#finish(this.stage.pass(arrival.source!, record!), emit);
      return this.#push({ ...arrival, records: [setAside(arrival.source!, record!, error)] });
    }
    for (const out of outs) emit(out);
  }
}

/** Some records of an arrival: neither the batch nor the source ends with them. */
function part(arrival: Arrival, from: number, to: number): Arrival {
  return { ...arrival, records: arrival.records.slice(from, to), watermark: undefined };
}

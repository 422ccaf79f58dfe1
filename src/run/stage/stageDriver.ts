import type { Arrival } from '../../arrival.ts';
import { MachineFailure } from '../../kernel/defineOperator.ts';
import type { Copied } from '../checkpoint/checkpointer.ts';
import type { Driver, DriverOptions } from './driver.ts';
import type { SavedStage, Stage, StageOutput, StageResult } from './stage.ts';
import { copyStage, setAside } from './stageCopy.ts';

/** Takes arrivals through a stage: gets it the vectors it waits for, and tries by themselves the records it failed at before. */
export class StageDriver implements Driver {
  stage: Stage;
  readonly #options: DriverOptions;
  readonly #suspects = new Map<string, Set<number>>();
  /** The source and number of the first record of what is being pushed. */
  #pushing: { source: string; first: number } | null = null;

  constructor(stage: Stage, options: DriverOptions) {
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
    const first = this.#options.countRecords(source!) + 1;
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

  get copied(): ReadonlyMap<string, Copied> {
    return this.stage.instances;
  }

  // What is pushed has left when that is done, and the stage holds all there is.
  async settle(): Promise<void> {}
  async beforeCopy(): Promise<void> {}
  async gather(): Promise<void> {}
  async close(): Promise<void> {}

  async save(): Promise<SavedStage> {
    return this.stage.save();
  }

  /** The input is over: what is open closes. */
  async end(): Promise<void> {
    await this.#options.vectors?.beforeEnd(this.stage);
    this.#options.emit(this.stage.end());
  }

  #push(arrival: Arrival, emit: DriverOptions['emit'] = this.#options.emit): Promise<void> | undefined {
    const source = arrival.source!;
    this.#pushing = { source, first: this.#options.countRecords(source) + 1 };
    const result = this.stage.push(arrival);
    if (result.waiting !== null) return this.#goOn(arrival, result, emit);
    emit(result.out);
    this.#worked(arrival);
    return undefined;
  }

  /** The rest of an arrival that had to wait. */
  async #goOn(arrival: Arrival, waiting: StageResult, emit: DriverOptions['emit']): Promise<void> {
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

  async #finish({ out, waiting }: StageResult, emit: DriverOptions['emit']): Promise<void> {
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

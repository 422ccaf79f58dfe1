import type { Arrival } from '../../arrival.ts';
import { MachineFailure, type Flow, type Host, type SavedInstance } from '../../kernel/defineOperator.ts';
import { OTHERS, type SavedFolding } from '../../kernel/folding.ts';
import type { Cut } from '../../pipeline/plan.ts';
import type { EngineOptions } from '../stage/engine.ts';
import type { Signal } from '../../signal.ts';
import type { ArrivalTimes, Stage } from '../stage/stage.ts';
import { setAside } from '../stage/stageCopy.ts';
import { FrontOperator } from './frontOperator.ts';
import { PartedOperator } from './partedOperator.ts';
import type { PartitionBatch, PartitionOutput } from './partition.ts';

/** An arrival that waits for its turn. */
interface Waiting {
  arrival: Arrival;
  times: ArrivalTimes;
  /** Number of its first record, over all runs of its source. */
  first: number;
}

/** What a partition gets of a stretch. */
interface Part {
  signals: Flow[];
  records: number[];
  before: number[];
}

/** Arrivals whose keyed part is worked on together. Their records are numbered through. */
export interface Stretch {
  arrivals: Waiting[];
  length: number;
  parts: Part[];
}

/** The operators of a cut chain, as a stage that works with partitions has them in its wiring. */
export class CutOperators {
  readonly standIns: NonNullable<EngineOptions['standIns']>;
  readonly front: FrontOperator[] = [];
  readonly cut: Cut;
  parted!: PartedOperator;

  constructor(cut: Cut, partitions: number) {
    this.cut = cut;
    const standIns = new Map<string, NonNullable<Host['standIn']>>();
    for (const [at, id] of cut.front.entries()) standIns.set(id, (make, out) => (this.front[at] = new FrontOperator(make, out)));
    standIns.set(cut.partition, (make, out) => (this.parted = new PartedOperator(make, out, partitions)));
    this.standIns = standIns;
  }
}

/**
 * A stage whose keyed part is done elsewhere (or, without `operators`, all of it here): says what there is to do, and gives records their turn, one by one, with what
 * came of it. What leaves it, and in which order, is what a stage by itself gives.
 */
export class CutStage {
  readonly stage: Stage;
  readonly operators: CutOperators | null;
  /** The record at which an operator has thrown, if it was at a record. */
  failed: { source: string; record: number } | null = null;
  /** Which record of its stretch that is, from 0 on. */
  failedAt = 0;
  readonly #partitions: number;

  constructor(stage: Stage, operators: CutOperators | null, partitions: number) {
    this.stage = stage;
    this.operators = operators;
    this.#partitions = partitions;
  }

  /** Whether all keys are here. */
  get isWhole(): boolean {
    return this.operators?.parted.isWhole ?? true;
  }

  begin(): Stretch {
    const parts = Array.from({ length: this.#partitions }, () => ({ signals: [], records: [], before: [] }));
    return { arrivals: [], length: 0, parts };
  }

  /** Puts an arrival, or word that nothing came, behind a stretch. Returns whether there is anything to do for it. */
  add(stretch: Stretch, arrival: Arrival, first = 0): boolean {
    if (arrival.source !== null) {
      this.#workAhead({ arrival, times: this.stage.times(arrival), first }, stretch);
      return true;
    }
    const before = this.stage.ahead;
    const behind = this.stage.quietTime(arrival.at);
    if (!(behind > before)) return false;
    stretch.arrivals.push({ arrival, times: { before: nothingBefore, behind }, first });
    return true;
  }

  /** What each partition is to do for a stretch. */
  batches({ arrivals, parts }: Stretch): PartitionBatch[] {
    const { behind } = arrivals.at(-1)!.times;
    return parts.map(({ signals, records, before }) => ({
      signals,
      records: Int32Array.from(records),
      before: Float64Array.from(before),
      behind,
    }));
  }

  /**
   * Gives a stretch its turn, with what the partitions made of it; without, where the keys are here. It stands still where the
   * stage is to pause. With `aside`, records are set aside at which an operator fails: those by place in the stretch, and those
   * at which it has failed ahead of their turn.
   */
  *turn({ arrivals }: Stretch, outputs: readonly PartitionOutput[] | null, aside?: ReadonlyMap<number, MachineFailure>): Generator<void> {
    const { parted, front, cut } = this.operators ?? {};
    if (outputs) parted!.read(outputs);
    const mayHaveFailed = aside && outputs && (front!.some(({ failures }) => failures > 0) || outputs.some(hasFailed));
    let record = -1;
    for (const { arrival, times, first } of arrivals) {
      const { source, records } = arrival;
      const isAhead = outputs !== null && cut!.sources.includes(source!);
      for (let i = 0; i < records.length; i += 1) {
        parted?.reach(record);
        if (times.before[i]! > this.stage.clock.now) yield* this.#tick(times.before[i]!);
        this.failed = { source: source!, record: first + i };
        this.failedAt = record + 1;
        const failure = aside?.get(this.failedAt) ?? (mayHaveFailed && isAhead ? this.#findFailure() : null);
        if (failure) this.#setAside(failure, { source: source!, record: records[i]!, isAhead });
        else this.stage.put(source!, records[i]!);
        this.failed = null;
        record += 1;
      }
      parted?.reach(record);
      yield* this.#tick(times.behind);
    }
  }

  /** The keys of the stage, as each partition is to hold them. */
  share(): SavedInstance[] {
    const { keys, folding } = this.operators!.parted.instance.save();
    return Array.from({ length: this.#partitions }, (_, index) => {
      const own = keys.filter(([key]) => key !== OTHERS && PartedOperator.findPartition(key, this.#partitions) === index);
      const sketches = folding?.sketches.filter(([part]) => part % this.#partitions === index) ?? [];
      return { keys: own, folding: folding ? { since: folding.since, signals: 0, distinct: [], sketches } : null };
    });
  }

  /** Takes the keys back: from now on the stage has all of its state. */
  gather(saved: readonly SavedInstance[]): void {
    const { parted } = this.operators!;
    const folding = joinFolding(
      parted.instance.save().folding ?? null,
      saved.map((one) => one.folding ?? null),
    );
    parted.gather({ keys: saved.flatMap(({ keys }) => keys), folding });
  }

  /** Takes records through the front, and adds to each partition's part what is its of them. */
  #workAhead(waiting: Waiting, stretch: Stretch): void {
    const {
      arrival: { source, records },
      times: { before },
    } = waiting;
    stretch.arrivals.push(waiting);
    stretch.length += records.length;
    if (!this.operators || this.isWhole || !this.operators.cut.sources.includes(source!)) return;
    const { front, parted } = this.operators;
    const first = stretch.length - records.length;
    for (let i = 0; i < records.length; i += 1) {
      let signal: Flow | null = records[i]!;
      for (let at = 0; at < front.length && signal; at += 1) signal = front[at]!.workAhead(signal);
      const to = signal && parted.route(signal);
      if (to === null) continue;
      const part = stretch.parts[to]!;
      part.signals.push(signal!);
      part.records.push(first + i);
      part.before.push(before[i]!);
    }
  }

  /** What an operator failed with ahead of the turn of the record whose turn it is; null where none did. */
  #findFailure(): MachineFailure | null {
    const { front, parted } = this.operators!;
    for (const { next: made } of front) {
      if (!made) return null;
      if ('failure' in made) return made.failure instanceof MachineFailure ? made.failure : null;
    }
    return parted.failure;
  }

  /** A record has its turn as one that is rejected. Throws the failure where an operator in the partitions would have to see that. */
  #setAside(failure: MachineFailure, { source, record, isAhead }: { source: string; record: Signal; isAhead: boolean }): void {
    // Should an operator fail at this as well, there is no way on.
    this.failed = null;
    if (!isAhead) return this.stage.put(source, setAside(source, record, failure));
    const { front, parted } = this.operators!;
    if (parted.instance.takes('rejected')) throw failure;
    if (front.every((operator) => operator.skip())) parted.skip();
    const all = [...front, parted];
    for (const operator of all) operator.isAside = true;
    this.stage.put(source, setAside(source, record, failure));
    for (const operator of all) operator.isAside = false;
  }

  /** Lets event time go on; it stands still where the stage is to pause on the way. */
  *#tick(time: number): Generator<void> {
    if (!(time > this.stage.clock.now)) return;
    while (!this.stage.tick(time)) yield;
  }
}

const hasFailed = ({ several }: PartitionOutput): boolean => several.some((outputs) => outputs.some((one) => 'failed' in one));

const nothingBefore = new Float64Array(0);

/** What is known of keys without a state of their own: how many there are, here; which come often, by partition. */
export function joinFolding(here: SavedFolding | null, parts: readonly (SavedFolding | null)[]): SavedFolding | null {
  return here && { ...here, sketches: parts.flatMap((part) => part?.sketches ?? []).toSorted(([a], [b]) => a - b) };
}

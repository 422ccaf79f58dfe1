// One file, because what is under way, whose turn it is and where the keys are held are one state.
import type { Arrival } from '../../arrival.ts';
import { Queue } from './queue.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Flow, Host, SavedInstance } from '../../kernel/defineOperator.ts';
import { OTHERS, type SavedFolding } from '../../kernel/folding.ts';
import type { Cut } from '../../pipeline/plan.ts';
import type { EngineOptions } from '../stage/engine.ts';
import type { ArrivalTimes, SavedStage, Stage } from '../stage/stage.ts';
import type { Copied } from '../checkpoint/checkpointer.ts';
import type { Driver, DriverOptions } from '../stage/driver.ts';
import { FrontOperator } from './frontOperator.ts';
import { PartedOperator } from './partedOperator.ts';
import type { Partition, PartitionBatch, PartitionOutput } from './partition.ts';

/** Records that are handed out together. The result does not depend on it. */
export const stretchLength = 1024;
/** Stretches that may be under way at a time: so many are held in memory. */
const mostUnderWay = 3;

/** Least time between two looks at the states of the partitions, milliseconds, and as a multiple of the time the last one took. */
const leastPause = 10_000;
const pauseFactor = 50;

export interface CutDriverOptions extends DriverOptions {
  /** Records that are handed out together. */
  stretch: number;
  /** Somebody reads the states of the operators while the run goes on. */
  isLookedAt: boolean;
}

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
interface Stretch {
  arrivals: Waiting[];
  length: number;
  parts: Part[];
  /** Set once it is handed out. */
  outputs: Promise<PartitionOutput[]> | null;
  done: boolean;
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
 * Takes arrivals through a stage whose keyed part is done in partitions, several arrivals at a time. What leaves it, and in
 * which order, is what a stage by itself gives: records have their turn one by one as soon as all partitions have answered.
 */
export class CutDriver implements Driver {
  readonly stage: Stage;
  readonly #operators: CutOperators;
  readonly #partitions: readonly Partition[];
  readonly #options: CutDriverOptions;
  /** What waits to be handed out. */
  #stretch: Stretch | null = null;
  readonly #underWay = new Queue<Stretch>();
  #failed: Driver['failed'] = null;
  /** It was told not to go on: what has not had its turn has none. */
  #isCutShort = false;
  #folding: (SavedFolding | null)[] = [];
  #lookAt: number;

  constructor(stage: Stage, operators: CutOperators, partitions: readonly Partition[], options: CutDriverOptions) {
    this.stage = stage;
    this.#operators = operators;
    this.#partitions = partitions;
    this.#options = options;
    this.#lookAt = options.monotonic() + leastPause;
  }

  get failed(): Driver['failed'] {
    return this.#failed;
  }

  /** Hands the keys that the stage holds to the partitions. */
  async scatter(): Promise<void> {
    const { parted } = this.#operators;
    const { keys, folding } = fromSaved<SavedInstance>(toSaved(parted.instance.save()));
    const { length } = this.#partitions;
    await Promise.all(
      this.#partitions.map((partition, index) => {
        const own = keys.filter(([key]) => key !== OTHERS && PartedOperator.findPartition(key, length) === index);
        const sketches = folding?.sketches.filter(([part]) => part % length === index) ?? [];
        const known = folding ? { since: folding.since, signals: 0, distinct: [], sketches } : null;
        return partition.load({ keys: own, folding: known }, this.stage.clock.now);
      }),
    );
    parted.scatter();
  }

  /** Takes the keys back into the stage, which has all of its state again. */
  async gather(): Promise<void> {
    const { parted, front } = this.#operators;
    if (this.#isCutShort) for (const operator of [parted, ...front]) operator.drop();
    else await this.settle();
    if (parted.isWhole) return;
    const held = parted.instance.save();
    const saved = await Promise.all(this.#partitions.map((partition) => partition.save()));
    const folding = joinFolding(
      held.folding ?? null,
      saved.map((one) => one.folding ?? null),
    );
    parted.gather({ keys: saved.flatMap(({ keys }) => keys), folding });
  }

  push(arrival: Arrival): Promise<void> | undefined {
    const { countRecords, worked, live } = this.#options;
    const source = arrival.source!;
    this.#stretch ??= {
      arrivals: [],
      length: 0,
      parts: this.#partitions.map(() => ({ signals: [], records: [], before: [] })),
      outputs: null,
      done: false,
    };
    const waiting = { arrival, times: this.stage.times(arrival), first: countRecords(source) + 1 };
    this.#workAhead(waiting, this.#stretch);
    worked(source, arrival.records);
    if (live) return this.settle();
    if (this.#stretch.length < this.#options.stretch) return undefined;
    this.#handOut();
    return this.#isTurn() ? this.#takeTurns() : undefined;
  }

  /** Gives the partitions what has been gathered for them. */
  #handOut(): void {
    const stretch = this.#stretch;
    if (!stretch) return;
    this.#stretch = null;
    const { behind } = stretch.arrivals.at(-1)!.times;
    const makeBatch = ({ signals, records, before }: Part): PartitionBatch => ({
      signals,
      records: Int32Array.from(records),
      before: Float64Array.from(before),
      behind,
    });
    stretch.outputs = Promise.all(stretch.parts.map((part, i) => this.#partitions[i]!.work(makeBatch(part))));
    const done = () => void (stretch.done = true);
    stretch.outputs.then(done, done);
    this.#underWay.add(stretch);
  }

  /** Whether the stretch handed out first is to have its turn now: it is done, or more are under way than may be. */
  #isTurn(): boolean {
    return this.#underWay.size > mostUnderWay || this.#underWay.peek()?.done === true;
  }

  async #takeTurns(): Promise<void> {
    while (this.#isTurn()) await this.#takeTurn();
  }

  async settle(): Promise<void> {
    this.#handOut();
    while (this.#underWay.size > 0) await this.#takeTurn();
  }

  async advance(at: number): Promise<boolean> {
    await this.settle();
    const before = this.stage.clock.now;
    const behind = this.stage.quietTime(at);
    if (!(behind > before)) return false;
    const outputs = await Promise.all(this.#partitions.map((partition) => partition.work(emptyBatch(behind))));
    this.#operators.parted.read(outputs);
    this.#operators.parted.reach(-1);
    await this.#tick(behind);
    this.#options.emit(this.stage.take());
    return true;
  }

  async end(): Promise<void> {
    await this.gather();
    this.#options.emit(this.stage.end());
  }

  async save(): Promise<SavedStage> {
    await this.gather();
    const saved = JSON.parse(JSON.stringify(this.stage.save())) as SavedStage;
    await this.scatter();
    this.#options.afterGather();
    return saved;
  }

  async beforeCopy(): Promise<void> {
    await this.settle();
    if (this.#operators.parted.isWhole) return;
    this.#folding = await Promise.all(this.#partitions.map((partition) => partition.folding()));
    const { isLookedAt, monotonic } = this.#options;
    if (isLookedAt && monotonic() >= this.#lookAt) await this.#look();
  }

  async #look(): Promise<void> {
    const { monotonic } = this.#options;
    const began = monotonic();
    const saved = await Promise.all(this.#partitions.map((partition) => partition.save()));
    this.#operators.parted.show(saved.flatMap(({ keys }) => keys));
    this.#lookAt = monotonic() + Math.max(leastPause, pauseFactor * (monotonic() - began));
  }

  get copied(): ReadonlyMap<string, Copied> {
    const { cut, parted } = this.#operators;
    const copies = new Map<string, Copied>(this.stage.instances);
    return parted.isWhole ? copies : copies.set(cut.partition, this.#copy());
  }

  /** The keys of the partitions, and those that are held here, as one copy. */
  #copy(): Copied {
    const { instance } = this.#operators.parted;
    return {
      beginCopy: (all) => {
        for (const partition of this.#partitions) partition.beginCopy(all);
        return joinFolding(instance.beginCopy(all), this.#folding);
      },
      nextCopied: async (characters) => {
        const own = instance.nextCopied(characters);
        if (own.length > 0) return own;
        const parts = await Promise.all(this.#partitions.map((partition) => partition.nextCopied(characters)));
        return parts.flat();
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#partitions.map((partition) => partition.close()));
  }

  /** Takes records through the front, and adds to each partition's part what is its of them. */
  #workAhead(waiting: Waiting, stretch: Stretch): void {
    const { front, parted, cut } = this.#operators;
    const {
      arrival: { source, records },
      times: { before },
    } = waiting;
    const goesThrough = cut.sources.includes(source!);
    for (let i = 0; goesThrough && i < records.length; i += 1) {
      let signal: Flow | null = records[i]!;
      for (let at = 0; at < front.length && signal; at += 1) signal = front[at]!.workAhead(signal);
      const to = signal && parted.route(signal);
      if (to === null) continue;
      const part = stretch.parts[to]!;
      part.signals.push(signal!);
      part.records.push(stretch.length + i);
      part.before.push(before[i]!);
    }
    stretch.arrivals.push(waiting);
    stretch.length += records.length;
  }

  async #takeTurn(): Promise<void> {
    const { arrivals, outputs } = this.#underWay.peek()!;
    const { parted } = this.#operators;
    parted.read((await outputs)!);
    this.#underWay.take();
    let record = -1;
    for (const { arrival, times, first } of arrivals) {
      const { source, records } = arrival;
      for (let i = 0; i < records.length; i += 1) {
        parted.reach(record);
        if (times.before[i]! > this.stage.clock.now) await this.#tick(times.before[i]!);
        this.#failed = { source: source!, record: first + i };
        this.stage.put(source!, records[i]!);
        this.#failed = null;
        record += 1;
      }
      parted.reach(record);
      await this.#tick(times.behind);
    }
    this.#options.emit(this.stage.take());
  }

  /** Lets event time go on; where the stage is to pause on the way, the world may speak. */
  async #tick(time: number): Promise<void> {
    if (!(time > this.stage.clock.now)) return;
    while (!this.stage.tick(time)) {
      this.#options.emit(this.stage.take());
      try {
        await this.#options.breathe();
      } catch (error) {
        this.#isCutShort = true;
        throw error;
      }
    }
  }
}

const emptyBatch = (behind: number): PartitionBatch => ({ signals: [], records: new Int32Array(0), before: new Float64Array(0), behind });

/** What is known of keys without a state of their own: how many there are, here; which come often, by partition. */
function joinFolding(here: SavedFolding | null, parts: readonly (SavedFolding | null)[]): SavedFolding | null {
  return here && { ...here, sketches: parts.flatMap((part) => part?.sketches ?? []).toSorted(([a], [b]) => a - b) };
}

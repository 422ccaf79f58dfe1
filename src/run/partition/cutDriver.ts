import { silence, type Arrival } from '../../arrival.ts';
import { Queue } from './queue.ts';
import type { SavedFolding } from '../../kernel/folding.ts';
import type { SavedStage, Stage } from '../stage/stage.ts';
import type { Copied } from '../checkpoint/checkpointer.ts';
import type { Driver, DriverOptions } from '../stage/driver.ts';
import { joinFolding, type CutOperators, CutStage, type Stretch } from './cutStage.ts';
import type { Partition, PartitionOutput } from './partition.ts';

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

/** A stretch that is handed out. */
interface UnderWay {
  stretch: Stretch;
  /** Null where the keys are here. */
  outputs: Promise<PartitionOutput[] | null>;
  done: boolean;
}

/**
 * Takes arrivals through a stage whose keyed part is done in partitions, several arrivals at a time. What leaves it, and in
 * which order, is what a stage by itself gives: records have their turn one by one as soon as all partitions have answered.
 */
export class CutDriver implements Driver {
  readonly stage: Stage;
  readonly #cut: CutStage;
  readonly #operators: CutOperators;
  readonly #partitions: readonly Partition[];
  readonly #options: CutDriverOptions;
  /** What waits to be handed out. */
  #stretch: Stretch | null = null;
  readonly #underWay = new Queue<UnderWay>();
  /** It was told not to go on: what has not had its turn has none. */
  #isCutShort = false;
  #folding: (SavedFolding | null)[] = [];
  #lookAt: number;

  constructor(stage: Stage, operators: CutOperators, partitions: readonly Partition[], options: CutDriverOptions) {
    this.stage = stage;
    this.#cut = new CutStage(stage, operators, partitions.length);
    this.#operators = operators;
    this.#partitions = partitions;
    this.#options = options;
    this.#lookAt = options.monotonic() + leastPause;
  }

  get failed(): Driver['failed'] {
    return this.#cut.failed;
  }

  /** Hands the keys that the stage holds to the partitions. */
  async scatter(): Promise<void> {
    const shares = this.#cut.share();
    await Promise.all(this.#partitions.map((partition, index) => partition.load(shares[index]!, this.stage.clock.now)));
    this.#operators.parted.scatter();
  }

  /** Takes the keys back into the stage, which has all of its state again. */
  async gather(): Promise<void> {
    const { parted, front } = this.#operators;
    if (this.#isCutShort) for (const operator of [parted, ...front]) operator.drop();
    else await this.settle();
    if (parted.isWhole) return;
    this.#cut.gather(await Promise.all(this.#partitions.map((partition) => partition.save())));
  }

  push(arrival: Arrival): Promise<void> | undefined {
    const { countRecords, worked, live } = this.#options;
    const source = arrival.source!;
    this.#stretch ??= this.#cut.begin();
    this.#cut.add(this.#stretch, arrival, countRecords(source) + 1);
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
    const work = () => Promise.all(this.#cut.batches(stretch).map((batch, i) => this.#partitions[i]!.work(batch)));
    const outputs = this.#operators.parted.isWhole ? Promise.resolve(null) : work();
    const handed: UnderWay = { stretch, outputs, done: false };
    const done = () => void (handed.done = true);
    outputs.then(done, done);
    this.#underWay.add(handed);
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
    const stretch = this.#cut.begin();
    if (!this.#cut.add(stretch, silence(at))) return false;
    this.#stretch = stretch;
    await this.settle();
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

  async #takeTurn(): Promise<void> {
    const { stretch, outputs } = this.#underWay.peek()!;
    const given = await outputs;
    this.#underWay.take();
    for (const _ of this.#cut.turn(stretch, given)) {
      this.#options.emit(this.stage.take());
      try {
        // It is to pause: the world may speak.
        await this.#options.breathe();
      } catch (error) {
        this.#isCutShort = true;
        throw error;
      }
    }
    this.#options.emit(this.stage.take());
  }
}

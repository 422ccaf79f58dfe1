import { MachineFailure, type SavedInstance } from '../../kernel/defineOperator.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Cut } from '../../pipeline/plan.ts';
import { Queue } from '../../run/partition/queue.ts';
import { CutOperators, CutStage, type Stretch } from '../../run/partition/cutStage.ts';
import { readLateness } from '../../run/intake/sourceRun.ts';
import { isLive } from '../../run/intake/intake.ts';
import { Stage, type SavedStage, type StageOutput } from '../../run/stage/stage.ts';
import type { Tap } from '../../run/stage/tap.ts';
import type { Signal } from '../../signal.ts';
import { readSelect } from '../../sinks/sink.ts';
import type { DeskMachine } from '../roles/desk.ts';
import { SetBack } from '../roles/setBack.ts';
import { decodeArrivals, decodeMade, decodeState, encodeLeaving, encodeState, encodeWork } from './messages.ts';
import { joinPieces } from './savedPartition.ts';
import { Suspects } from './suspects.ts';

const none: ReadonlyMap<number, MachineFailure> = new Map();

/** The operators of a pipeline but for the keys that are shared out: what stands in front of them, and behind them. */
export class DeskStage implements DeskMachine {
  readonly #pipeline: Pipeline;
  readonly #cut: Cut;
  readonly #partitions: number;
  readonly #taps: readonly Tap[];
  readonly #observe: (signal: Signal) => void;
  /** What was split and is not merged. */
  #split = new Queue<{ stretch: Stretch; isHandedOut: boolean; n: number }>();
  #stage!: CutStage;
  /** The message that was merged last. */
  #n = 0;
  /** The last whose signals were observed. */
  #observed = 0;
  readonly #suspects = new Suspects<MachineFailure>();

  /** @param observe sees every signal that leaves the last operators */
  constructor(pipeline: Pipeline, cut: Cut, partitions: number, observe: (signal: Signal) => void) {
    this.#observe = observe;
    this.#pipeline = pipeline;
    this.#cut = cut;
    this.#partitions = partitions;
    this.#taps = pipeline.sinks.map(({ from, options }) => {
      const select = readSelect(options);
      return { from, kinds: select && new Set(select) };
    });
  }

  load(state: Uint8Array | null): void {
    this.#n = 0;
    this.#open(state);
    this.#stage.operators.parted.scatter();
  }

  /** Takes up a state with all keys in it; returns what is each partition's of them. */
  share(whole: Uint8Array): SavedInstance[] {
    this.#open(whole);
    const shares = this.#stage.share();
    this.#stage.operators.parted.scatter();
    return shares;
  }

  #open(state: Uint8Array | null): void {
    const operators = new CutOperators(this.#cut, this.#partitions);
    const stage = new Stage(this.#pipeline, {
      lateness: this.#pipeline.sources.map(readLateness),
      merged: !isLive(this.#pipeline),
      now: 0,
      standIns: operators.standIns,
      taps: this.#taps,
    });
    if (state) stage.load(decodeState<SavedStage>(state));
    this.#stage = new CutStage(stage, operators, this.#partitions);
    this.#split = new Queue();
  }

  split(content: Uint8Array, n: number): Uint8Array[] {
    const stretch = this.#stage.begin();
    for (const arrival of decodeArrivals(content)) this.#stage.add(stretch, arrival);
    const isHandedOut = stretch.arrivals.length > 0 && !this.#stage.operators.parted.isWhole;
    this.#split.add({ stretch, isHandedOut, n });
    return isHandedOut ? this.#stage.batches(stretch).map(encodeWork) : [];
  }

  merge(outputs: readonly Uint8Array[]): Uint8Array | null {
    const { stretch, isHandedOut, n } = this.#split.take();
    try {
      // The stage was not told to pause.
      for (const _ of this.#stage.turn(stretch, isHandedOut ? outputs.map(decodeMade) : null, this.#suspects.of(n) ?? none));
    } catch (error) {
      const { failed, failedAt } = this.#stage;
      if (!(error instanceof MachineFailure) || failed === null) throw error;
      this.#suspects.add(n, failedAt, error);
      throw new SetBack(error.message);
    }
    this.#n = n;
    const out = this.#stage.stage.take();
    // What is worked on again was observed.
    if (n > this.#observed) out.ends.forEach(this.#observe);
    this.#observed = Math.max(this.#observed, n);
    return this.#encode(out);
  }

  gather(states: readonly (readonly Uint8Array[])[]): void {
    this.#stage.gather(states.map((pieces) => joinPieces(pieces).instance));
  }

  end(): Uint8Array {
    const out = this.#stage.stage.end();
    out.ends.forEach(this.#observe);
    return this.#encode(out) ?? new Uint8Array(0);
  }

  suspects(n: number): boolean {
    return this.#suspects.has(n);
  }

  save(): Uint8Array {
    this.#suspects.forget(this.#n);
    return encodeState(this.#stage.stage.save());
  }

  /** null where no sink gets anything. */
  #encode({ taps }: StageOutput): Uint8Array | null {
    if (taps.every(({ signals }) => signals.length === 0)) return null;
    return encodeLeaving({ newest: this.#stage.stage.newest, sinks: taps.map(({ signals }) => signals) });
  }
}

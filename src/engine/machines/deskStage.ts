import { MachineFailure, type SavedInstance } from '../../kernel/defineOperator.ts';
import type { OperatorNode, Pipeline } from '../../pipeline/definition.ts';
import type { Cut } from '../../pipeline/plan.ts';
import { DecisionReducer, type SavedDecisions } from '../../run/decisions/decisionReducer.ts';
import type { Decision } from '../../findings/whyNot/decision.ts';
import { Queue } from '../../run/partition/queue.ts';
import { savedStates } from '../../run/checkpoint/snapshot.ts';
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

/** A stage, and what was decided by what has left it. */
export interface SavedDesk extends SavedStage {
  /** Absent before anything was. */
  decisions?: SavedDecisions;
}

/** What memories hold, all of it, as a stage saves it. */
export type SavedMemories = Pick<SavedStage, 'operators'>;

export const isMemory = ({ operator }: OperatorNode): boolean => operator.spec.name === 'memory';

/**
 * The operators of a pipeline but for the keys that are shared out: what stands in front of them, and behind them. All of them
 * where nothing is.
 */
export class DeskStage implements DeskMachine {
  readonly #pipeline: Pipeline;
  readonly #cut: Cut | null;
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
  #decisions = new DecisionReducer();

  /**
   * @param cut null where nothing is shared out; `partitions` is 0 then
   * @param observe sees every signal that leaves the last operators
   */
  constructor(pipeline: Pipeline, cut: Cut | null, partitions: number, observe: (signal: Signal) => void) {
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
    this.#stage.operators?.parted.scatter();
  }

  /** Takes up a state with all keys in it; returns what is each partition's of them. */
  share(whole: Uint8Array): SavedInstance[] {
    this.#open(whole);
    const { operators } = this.#stage;
    if (!operators) return [];
    const shares = this.#stage.share();
    operators.parted.scatter();
    return shares;
  }

  #open(state: Uint8Array | null): void {
    const operators = this.#cut && new CutOperators(this.#cut, this.#partitions);
    const stage = new Stage(this.#pipeline, {
      lateness: this.#pipeline.sources.map(readLateness),
      merged: !isLive(this.#pipeline),
      now: 0,
      standIns: operators?.standIns,
      taps: this.#taps,
    });
    const saved = state && decodeState<SavedDesk>(state);
    if (saved) stage.load(saved);
    this.#decisions = new DecisionReducer();
    if (saved?.decisions) this.#decisions.load(saved.decisions);
    this.#stage = new CutStage(stage, operators, this.#partitions);
    this.#split = new Queue();
  }

  split(content: Uint8Array, n: number): Uint8Array[] {
    const stretch = this.#stage.begin();
    for (const arrival of decodeArrivals(content)) this.#stage.add(stretch, arrival);
    const isHandedOut = stretch.arrivals.length > 0 && !this.#stage.isWhole;
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
    return this.#encode(out, () => []);
  }

  gather(states: readonly (readonly Uint8Array[])[]): void {
    if (this.#cut) this.#stage.gather(states.map((pieces) => joinPieces(pieces).instance));
  }

  end(): Uint8Array {
    const out = this.#stage.stage.end();
    out.ends.forEach(this.#observe);
    return this.#encode(out, () => this.#decisions.flush()) ?? new Uint8Array(0);
  }

  suspects(n: number): boolean {
    return this.#suspects.has(n);
  }

  save(): Uint8Array {
    this.#suspects.forget(this.#n);
    return encodeState({ ...this.#stage.stage.save(), decisions: this.#decisions.save() } satisfies SavedDesk);
  }

  memories(): Uint8Array | null {
    const nodes = this.#pipeline.operators.filter(isMemory);
    if (nodes.length === 0) return null;
    return encodeState({ operators: savedStates(nodes, this.#stage.stage.instances) } satisfies SavedMemories);
  }

  /** null where nobody gets anything. `last` gives what is decided behind all of it. */
  #encode({ ends, taps }: StageOutput, last: () => Decision[]): Uint8Array | null {
    const seen: Signal[] = [];
    const decisions: Decision[] = [];
    for (const signal of ends) {
      const lines = this.#decisions.see(signal);
      if (lines) decisions.push(...lines);
      if (signal.kind !== 'event' && signal.kind !== 'rejected') seen.push(signal);
    }
    decisions.push(...last());
    if (seen.length + decisions.length === 0 && taps.every(({ signals }) => signals.length === 0)) return null;
    return encodeLeaving({ newest: this.#stage.stage.newest, sinks: taps.map(({ signals }) => signals), seen, decisions });
  }
}

import { RunClock, type Host, type Instance, type Ticker } from '../../kernel/defineOperator.ts';
import { wire, type SignalObserver, type Wiring } from '../../pipeline/wire.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Signal } from '../../signal.ts';

export interface EngineOptions {
  /** Whether an operator may be ticked. */
  ready?: ((instances: ReadonlyMap<string, Instance>, member: unknown) => boolean) | undefined;
  /** Asked before each tick: true to stop there for a while. */
  pauses?: (() => boolean) | undefined;
  /** By operator, what is wired in its place. */
  standIns?: ReadonlyMap<string, NonNullable<Host['standIn']>> | undefined;
}

/** The operators of a stage, wired, and their clock. What an operator throws is thrown, here and at every call behind. */
export class Engine {
  readonly clock = new RunClock();
  readonly instances = new Map<string, Instance>();
  readonly #wiring: Wiring;
  readonly #ready: ((member: Ticker) => boolean) | undefined;
  readonly #pauses: EngineOptions['pauses'];
  /** The last advance stopped because it was to pause, not because an operator was not ready. */
  isPaused = false;
  /** The states of the operators are void after it. */
  #failure: { error: unknown } | null = null;

  constructor(pipeline: Pipeline, { ready, pauses, standIns }: EngineOptions) {
    this.#wiring = wire(pipeline, (node) => ({
      clock: this.clock,
      attached: (instance) => void this.instances.set(node.id, instance),
      ...(standIns?.has(node.id) && { standIn: standIns.get(node.id)! }),
    }));
    this.#pauses = pauses;
    if (!ready && !pauses) return;
    this.#ready = (member) => {
      return !this.pauses() && (!ready || ready(this.instances, member));
    };
  }

  /** Listens to what leaves these operators, until what it returns is called. */
  listen(from: readonly string[], listener: SignalObserver): () => void {
    return this.#wiring.listen(from, listener);
  }

  /** Where the signals of a source go in. */
  input(source: string): SignalObserver {
    return this.#wiring.inputs.get(source)!;
  }

  /** True where it is to pause now. */
  pauses(): boolean {
    return (this.isPaused = this.#pauses?.() === true);
  }

  /** Moves event time on, without a record. False when an operator was not ready, or it was to pause: it stopped before it. */
  advance(time: number): boolean {
    this.#check();
    this.isPaused = false;
    try {
      return this.clock.advance(time, this.#ready);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  push(input: SignalObserver, signal: Signal): void {
    this.#check();
    try {
      input.next(signal);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** The input is over: what is open closes. */
  end(): void {
    this.#check();
    try {
      for (const input of this.#wiring.inputs.values()) input.complete();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  #failed(error: unknown): unknown {
    this.#failure = { error };
    return error;
  }
}

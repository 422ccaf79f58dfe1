import type { Observable } from 'rxjs';
import { RunClock, type Flow, type Instance, type Spill, type Ticker } from '../../kernel/defineOperator.ts';
import { buildGraph, type Graph } from '../../pipeline/compile.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Signal } from '../../signal.ts';

export interface EngineOptions {
  /** Where an operator's surplus keys go; memory when left out. */
  spill?: Spill | undefined;
  /** Whether an operator may be ticked. */
  ready?: ((instances: ReadonlyMap<string, Instance>, member: unknown) => boolean) | undefined;
}

/** The operators of a stage as `compile` wires them, and their clock. What an operator throws is thrown. */
export class Engine {
  readonly clock = new RunClock();
  readonly instances = new Map<string, Instance>();
  readonly #graph: Graph;
  readonly #ready: ((member: Ticker) => boolean) | undefined;
  #failure: { error: unknown } | null = null;

  constructor(pipeline: Pipeline, { spill, ready }: EngineOptions) {
    this.#graph = buildGraph(pipeline, (node) => ({
      clock: this.clock,
      ...(spill && { spill }),
      attached: (instance) => void this.instances.set(node.id, instance),
    }));
    this.#ready = ready && ((member) => ready(this.instances, member));
  }

  /** What leaves these operators; subscribe before `connect`. */
  output(from: readonly string[]): Observable<Flow> {
    return this.#graph.output(from);
  }

  /** An output has ended with an error: what is pushed or moved next throws it. */
  fail(error: unknown): void {
    this.#failure ??= { error };
  }

  connect(): void {
    this.#graph.connect();
  }

  /** Moves event time on, without a record. False when an operator was not ready: it stopped before it. */
  advance(time: number): boolean {
    const reached = this.clock.advance(time, this.#ready);
    this.#check();
    return reached;
  }

  push(source: string, signal: Signal): void {
    this.#graph.inputs.get(source)!.next(signal as Flow);
    this.#check();
  }

  /** The input is over: what is open closes. */
  end(): void {
    for (const input of this.#graph.inputs.values()) input.complete();
    this.#check();
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

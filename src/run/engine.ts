import type { Observable } from 'rxjs';
import { RunClock, type Flow, type Instance, type Spill, type Ticker } from '../kernel/defineOperator.ts';
import type { Signal } from '../signal.ts';
import { buildGraph, type Graph } from '../pipeline/compile.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import type { VectorProvider } from './vectors/vectorProvider.ts';

export interface EngineOptions {
  /** Where an operator's surplus keys go; memory when left out. */
  spill?: Spill | undefined;
  /** Sees what leaves the last operators. */
  see(signal: Signal): void;
  /** Gets the operators the vectors that they lack. */
  vectors?: VectorProvider | null;
}

/** The operators of a run and their clock. What is pushed in comes out of `output`; what an operator throws is thrown. */
export class Engine {
  readonly clock = new RunClock();
  readonly instances = new Map<string, Instance>();
  readonly #graph: Graph;
  readonly #ready: ((member: Ticker) => boolean) | undefined;
  #failure: { error: unknown } | null = null;

  constructor(pipeline: Pipeline, { spill, see, vectors }: EngineOptions) {
    this.#graph = buildGraph(pipeline, (node) => ({
      clock: this.clock,
      ...(spill && { spill }),
      attached: (instance) => void this.instances.set(node.id, instance),
    }));
    this.#ready = vectors ? (member) => vectors.ready(this.instances, member) : undefined;
    const used = new Set(pipeline.operators.flatMap((node) => node.from.map((name) => name.split('.')[0])));
    const leaves = pipeline.operators.filter((node) => !used.has(node.id)).map((node) => node.id);
    this.#graph.output(leaves).subscribe({
      next: (signal) => see(signal as Signal),
      error: (error: unknown) => (this.#failure ??= { error }),
    });
  }

  /** What leaves these operators; subscribe before `connect`. */
  output(from: readonly string[]): Observable<Flow> {
    return this.#graph.output(from);
  }

  connect(): void {
    this.#graph.connect();
  }

  /** Moves event time on, without a record. False when an operator lacks vectors: the way goes on through `vectors.reach`. */
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

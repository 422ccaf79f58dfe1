import type { Emit, Flow, Host } from '../kernel/defineOperator.ts';
import { Instance } from '../kernel/instance.ts';
import type { SourceSpec } from '../sources/source.ts';
import type { OperatorNode } from './definition.ts';

/** What takes signals: an operator, or whoever listens at the end of the chain. */
export interface SignalObserver {
  next(signal: Flow): void;
  /** Nothing more comes along this path. */
  complete(): void;
}

/** What is wired: operators, and sources by id; one that is nothing but an input has no `source`. */
export interface Wired {
  sources: readonly { id: string; source?: { spec: Pick<SourceSpec, 'accompanies'> } }[];
  operators: readonly OperatorNode[];
}

/** Ids of the sources that a `from` list names, or means when it is empty: those that accompany others only where they are named. */
export const listSources = (from: readonly string[], sources: Wired['sources']): string[] =>
  sources.filter(({ id, source }) => (from.length > 0 ? from.includes(id) : !source?.spec.accompanies)).map(({ id }) => id);

/** A pipeline's operators wired together, with a place to push each source's signals into. */
export interface Wiring {
  /** By source id. What an operator throws comes out of them, and out of the ticks of its clock, as a MachineFailure. */
  inputs: ReadonlyMap<string, SignalObserver>;
  /**
   * Listens to the output of a `from` list: of the sources when it is empty. Those who listen are called before operators
   * behind. Returns what ends that.
   */
  listen(from: readonly string[], listener: SignalObserver): () => void;
}

/** Where signals leave a source or an operator; all who take them get them in the order in which they were added. */
class SignalSubject implements SignalObserver {
  /** Replaced, never changed: somebody may leave while it is gone through. */
  #listeners: readonly SignalObserver[] = [];
  readonly #operators: SignalObserver[] = [];

  next(signal: Flow): void {
    const listeners = this.#listeners;
    for (let i = 0; i < listeners.length; i += 1) listeners[i]!.next(signal);
    for (let i = 0; i < this.#operators.length; i += 1) this.#operators[i]!.next(signal);
  }

  complete(): void {
    for (const listener of this.#listeners) listener.complete();
    for (const operator of this.#operators) operator.complete();
  }

  listen(listener: SignalObserver): void {
    this.#listeners = [...this.#listeners, listener];
  }

  unlisten(listener: SignalObserver): void {
    this.#listeners = this.#listeners.filter((one) => one !== listener);
  }

  feed(operator: SignalObserver): void {
    this.#operators.push(operator);
  }
}

/** Several paths into one; complete when all of them are. */
function joinPaths(paths: number, into: SignalObserver): SignalObserver {
  if (paths === 1) return into;
  let open = paths;
  return { next: (signal) => into.next(signal), complete: () => void ((open -= 1) === 0 && into.complete()) };
}

/** Each signal once, however many paths it came along. */
function once(into: SignalObserver): SignalObserver {
  const seen = new WeakSet<Flow>();
  return {
    next(signal) {
      if (seen.has(signal)) return;
      seen.add(signal);
      into.next(signal);
    },
    complete: () => into.complete(),
  };
}

/** Of what comes along a path, a part. */
const filtered = (select: (signal: Flow) => boolean, into: SignalObserver): SignalObserver => ({
  next: (signal) => void (select(signal) && into.next(signal)),
  complete: () => into.complete(),
});

/** An operator's own clock and instance, fed by what comes and giving to its output. */
function startOperator({ operator: { spec }, options }: OperatorNode, host: Host, out: SignalSubject): SignalObserver {
  const slot = host.clock.reserve();
  const make = (emit: Emit<Flow>) => new Instance(spec, spec.options.parse(options ?? {}), emit);
  const emit = (signal: Flow) => out.next(signal);
  const standIn = host.standIn?.(make, emit);
  const instance = standIn?.instance ?? make(emit);
  host.clock.attach(slot, standIn ?? instance);
  host.attached?.(instance);
  return {
    next: standIn ? (signal) => standIn.take(signal) : (signal) => instance.take(signal),
    complete() {
      instance.end();
      out.complete();
    },
  };
}

/**
 * Wires sources and operators as the file says, each calling the next: what is pushed has left at the ends when `next`
 * returns. `makeHost` gives each operator its part of the run.
 */
export function wire(pipeline: Wired, makeHost: (node: OperatorNode) => Host): Wiring {
  const inputs = new Map(pipeline.sources.map(({ id }) => [id, new SignalSubject()]));
  // Sources that accompany others go only where they are named.
  const beside = new Set(pipeline.sources.filter(({ source }) => source?.spec.accompanies).map(({ id }) => id));
  const own = [...inputs.keys()].filter((id) => !beside.has(id));
  const outputs = new Map<string, { node: OperatorNode; output: SignalSubject }>();
  const connect = (from: readonly string[], into: SignalObserver, add: 'listen' | 'feed'): (() => void) => {
    const ends: (() => void)[] = [];
    const names = from.length > 0 ? from : own;
    const joined = joinPaths(names.length, into);
    // Sources that are merged give different signals; an operator may forward what comes along another path too.
    const main = from.filter((name) => !beside.has(name)).length > 1 ? once(joined) : joined;
    for (const name of names) {
      const [id, port] = name.split('.') as [string, string | undefined];
      const upstream = outputs.get(id);
      const path = beside.has(name) ? joined : main;
      const select = port === undefined ? undefined : upstream?.node.operator.spec.ports?.[port];
      const output = upstream?.output ?? inputs.get(id)!;
      const taken = select ? filtered(select, path) : path;
      output[add](taken);
      ends.push(() => output.unlisten(taken));
    }
    return () => ends.forEach((end) => end());
  };
  for (const node of pipeline.operators) {
    const output = new SignalSubject();
    const input = startOperator(node, makeHost(node), output);
    connect(node.from, input, 'feed');
    outputs.set(node.id, { node, output });
  }
  return { inputs, listen: (from, listener) => connect(from, listener, 'listen') };
}

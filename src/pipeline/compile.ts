import { filter, merge, Observable, Subject, type OperatorFunction } from 'rxjs';
import { RunClock, type Flow, type Host } from '../kernel/defineOperator.ts';
import type { Signal } from '../signal.ts';
import type { OperatorNode, Pipeline } from './definition.ts';

/** A pipeline's operators wired together, with a place to push each source's signals into. */
export interface Graph {
  /** By source id. */
  inputs: Map<string, Subject<Flow>>;
  /** The output of a `from` list: of the sources when it is empty. */
  output(from: readonly string[]): Observable<Flow>;
  /** Starts the operators; subscribe to outputs before. */
  connect(): void;
}

/** Signals of several paths, each signal once, however many paths it came along. */
function once(paths: Observable<Flow>[]): Observable<Flow> {
  if (paths.length === 1) return paths[0]!;
  return new Observable((subscriber) => {
    const seen = new WeakSet<Flow>();
    return merge(...paths).subscribe({
      next: (signal) => {
        if (seen.has(signal)) return;
        seen.add(signal);
        subscriber.next(signal);
      },
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    });
  });
}

/**
 * Whether all that an operator gives goes to the one behind it and nowhere else: then they are one pipe, and each signal is
 * spared the way through a Subject.
 */
function feedsOnlyNext({ operators, sinks }: Pick<Pipeline, 'operators' | 'sinks'>, index: number): boolean {
  const { id } = operators[index]!;
  const takes = ({ from }: { from: readonly string[] }) => from.some((name) => name === id || name.startsWith(`${id}.`));
  const next = operators[index + 1];
  return next !== undefined && next.from.length === 1 && next.from[0] === id && operators.filter(takes).length === 1 && !sinks.some(takes);
}

/** What of a pipeline is wired: of its sources the names, and whether they accompany others. */
interface Wired extends Pick<Pipeline, 'operators' | 'sinks'> {
  sources: readonly { id: string; source?: Pipeline['sources'][number]['source'] }[];
}

/** Wires sources and operators as the file says. `hostOf` gives each operator its part of the run. */
export function buildGraph(pipeline: Wired, hostOf: (node: OperatorNode) => Host): Graph {
  const inputs = new Map(pipeline.sources.map(({ id }) => [id, new Subject<Flow>()]));
  // Sources that accompany others go only where they are named, and along one path: nothing there can come twice.
  const beside = new Set(pipeline.sources.filter(({ source }) => source?.spec.accompanies).map(({ id }) => id));
  const own = [...inputs].filter(([id]) => !beside.has(id)).map(([, input]) => input);
  const outputs = new Map<string, { node: OperatorNode; run: Observable<Flow>; subject: Subject<Flow> | null }>();
  const output = (from: readonly string[]): Observable<Flow> => {
    if (from.length === 0) return own.length === 1 ? own[0]! : merge(...own);
    const names = from.filter((name) => !beside.has(name));
    if (names.length < from.length)
      return merge(output(names), ...from.filter((name) => beside.has(name)).map((name) => inputs.get(name)!));
    return once(
      names.map((name) => {
        const [id, port] = name.split('.') as [string, string | undefined];
        const upstream = outputs.get(id);
        if (!upstream) return inputs.get(id)!;
        const select = port ? upstream.node.operator.spec.ports?.[port] : undefined;
        const all = upstream.subject ?? upstream.run;
        return select ? all.pipe(filter(select)) : all;
      }),
    );
  };
  for (const [index, node] of pipeline.operators.entries()) {
    const run = output(node.from).pipe(node.operator.inRun(node.options, hostOf(node)));
    outputs.set(node.id, { node, run, subject: feedsOnlyNext(pipeline, index) ? null : new Subject<Flow>() });
  }
  const connect = () => {
    for (const { run, subject } of outputs.values()) if (subject) run.subscribe(subject);
  };
  return { inputs, output, connect };
}

/**
 * A checked pipeline's operators as one ordinary RxJS operator: signals in, signals out. The newest event time that
 * has come in is the clock of all of them.
 */
export function compilePipeline(pipeline: Pick<Pipeline, 'operators'>): OperatorFunction<Signal, Signal> {
  return (source) =>
    new Observable<Signal>((subscriber) => {
      const clock = new RunClock();
      const graph = buildGraph({ sources: [{ id: 'in' }], operators: pipeline.operators, sinks: [] }, () => ({ clock }));
      const last = pipeline.operators.at(-1)?.id;
      graph.output(last ? [last] : []).subscribe({
        // What the operators of a pipeline give is of the kinds that they declare.
        next: (signal) => subscriber.next(signal as Signal),
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
      graph.connect();
      const input = graph.inputs.get('in')!;
      return source.subscribe({
        next: (signal) => {
          clock.advance(signal.time);
          input.next(signal);
        },
        error: (error: unknown) => input.error(error),
        complete: () => input.complete(),
      });
    });
}

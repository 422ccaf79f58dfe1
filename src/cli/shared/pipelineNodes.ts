import { CaducusError } from '../../errors.ts';
import type { Pipeline, SinkNode, SourceNode } from '../../pipeline/definition.ts';
import type { OperatorEntry } from '../../kernel/defineOperator.ts';
import { memory } from '../../../operators/memory.ts';
import { groupBy } from '../../../operators/groupBy.ts';
import { rank } from '../../../operators/rank.ts';
import type { SinkEntry } from '../../sinks/sink.ts';
import type { SourceEntry } from '../../sources/source.ts';

/** A node of a pipeline that is put together in code, its options checked. Throws a CaducusError (exit 64) when they are wrong. */
function checked<T>(parse: () => T, what: string): T {
  try {
    return parse();
  } catch (error) {
    const issues = (error as { issues?: { message: string; path: unknown[] }[] }).issues;
    if (!issues) throw error;
    throw new CaducusError('CAD002', {}, `${what}: ${issues.map((i) => `${i.path.join('.')} ${i.message}`.trim()).join('; ')}`);
  }
}

export const sourceNode = (id: string, source: SourceEntry, options: unknown, name?: string): SourceNode => ({
  id,
  source,
  options: checked(() => source.spec.options.parse(options), source.spec.name),
  ...(name === undefined ? {} : { name }),
});

export const sinkNode = (id: string, sink: SinkEntry, options: unknown): SinkNode => ({
  id,
  sink,
  options: checked(() => sink.spec.options.parse(options), sink.spec.name),
  from: [],
});

/** An operator that takes what stands before it in `from`. */
export const operatorNode = (
  id: string,
  operator: OperatorEntry,
  options: unknown,
  from: string[] = [],
): Pipeline['operators'][number] => ({
  id,
  operator,
  options: checked(() => operator.spec.options.parse(options), id),
  from,
});

export interface RadarOptions {
  by: string;
  /** Milliseconds. */
  window: number;
  top: number;
  early?: string | number;
}

/** The operators of a plain radar: group, remember, rank. */
export function radarOperators({ by, window, top, early = 0 }: RadarOptions): Pipeline['operators'] {
  const steps: [string, OperatorEntry, unknown][] = [
    ['group_by', groupBy, { key: by }],
    ['memory', memory, { window, early }],
    ['rank', rank, { top }],
  ];
  return steps.map(([id, operator, options], i) => operatorNode(id, operator, options, i === 0 ? [] : [steps[i - 1]![0]]));
}

/** A pipeline from its nodes. Sinks take what the last operator gives. */
export function buildPipeline(name: string, nodes: Pick<Pipeline, 'sources' | 'operators' | 'sinks'>): Pipeline {
  const last = nodes.operators.at(-1)?.id;
  return {
    ...nodes,
    name,
    file: '',
    redact: ['secrets'],
    checkpoint: { events: 100_000, every: 30_000, fsync: true, journal: true },
    engine: { partitions: 16, lease: 15_000, replicas: 1 },
    tests: [],
    links: {},
    catalog: [],
    sinks: nodes.sinks.map((sink) => ({ ...sink, from: last ? [last] : [] })),
  };
}

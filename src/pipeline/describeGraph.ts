import type { Pipeline } from './definition.ts';
import { readVerb } from './registry.ts';

/** A part of a pipeline and what feeds it: ids of sources and operators, `id.port` of a port. */
export interface GraphPart {
  id: string;
  /** Its source, operator or sink, as a pipeline file names it. */
  verb: string;
  from: readonly string[];
}

export interface PipelineGraph {
  name: string;
  sources: Omit<GraphPart, 'from'>[];
  operators: (GraphPart & { ports: string[] })[];
  sinks: GraphPart[];
}

/** A pipeline as parts and what feeds them; what names nothing is fed by every source. */
export function describeGraph({
  name,
  sources,
  operators,
  sinks,
}: Pick<Pipeline, 'name' | 'sources' | 'operators' | 'sinks'>): PipelineGraph {
  const all = sources.map(({ id }) => id);
  const fed = (from: readonly string[]) => (from.length === 0 ? all : from);
  return {
    name,
    sources: sources.map(({ id, source }) => ({ id, verb: readVerb('source', source.spec.name) })),
    operators: operators.map(({ id, operator, from }) => ({
      id,
      verb: readVerb('operator', operator.spec.name),
      from: fed(from),
      ports: Object.keys(operator.spec.ports ?? {}),
    })),
    sinks: sinks.map(({ id, sink, from }) => ({ id, verb: readVerb('sink', sink.spec.name), from: fed(from) })),
  };
}

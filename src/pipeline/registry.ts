import type { Operator } from '../kernel/defineOperator.ts';
import type { EmbedderFactory } from '../embedders/embedder.ts';
import type { OpenVectorStore } from '../embedders/vectorStore.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Source } from '../sources/source.ts';

/** Everything a pipeline file can name, in explicit lists to which a program or a required module adds its own. */
export interface Registry {
  sources: readonly Source[];
  operators: readonly Operator[];
  sinks: readonly Sink[];
  /** Embedders beside those that come with caducus. */
  embedders?: readonly EmbedderFactory[];
  /** Opens what keeps the topics' vectors, in place of a folder. */
  vectorStore?: OpenVectorStore;
}

export type Kind = 'source' | 'operator' | 'sink';

const listOf = { source: 'sources', operator: 'operators', sink: 'sinks' } as const;

/** The verb a pipeline file uses for a name: `groupBy` is written `group_by`, `cloudwatchLogs` `cloudwatch-logs`. */
export const verbOf = (kind: Kind, name: string): string =>
  kind === 'operator' ? name.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`) : name;

export function verbs(registry: Registry, kind: Kind): string[] {
  return registry[listOf[kind]].map((entry) => verbOf(kind, entry.spec.name));
}

export function find<K extends Kind>(
  registry: Registry,
  kind: K,
  verb: string,
): (K extends 'source' ? Source : K extends 'operator' ? Operator : Sink) | undefined {
  const entries: readonly (Source | Operator | Sink)[] = registry[listOf[kind]];
  return entries.find((entry) => verbOf(kind, entry.spec.name) === verb) as never;
}

/** A registry with the entries of another behind its own; a later entry of the same name wins. */
export function extend(base: Registry, more: Partial<Registry>): Registry {
  const join = <T extends { spec: { name: string } }>(a: readonly T[], b: readonly T[] = []) => [
    ...a.filter((x) => !b.some((y) => y.spec.name === x.spec.name)),
    ...b,
  ];
  const vectorStore = more.vectorStore ?? base.vectorStore;
  return {
    sources: join(base.sources, more.sources),
    operators: join(base.operators, more.operators),
    sinks: join(base.sinks, more.sinks),
    embedders: join(base.embedders ?? [], more.embedders),
    ...(vectorStore && { vectorStore }),
  };
}

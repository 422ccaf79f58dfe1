import { CaducusError } from '../errors.ts';
import type { OperatorEntry } from '../kernel/defineOperator.ts';
import type { MachineSpec } from '../kernel/machine.ts';
import { listUnclassed } from '../kernel/optionChange.ts';
import type { EmbedderFactory } from '../embedders/embedder.ts';
import type { OpenVectorStore } from '../embedders/vectorStore.ts';
import type { SinkEntry } from '../sinks/sink.ts';
import type { SourceEntry } from '../sources/source.ts';

/** A package beside caducus, and what a pipeline file can name once it is installed. */
export interface PackageVerbs {
  name: string;
  sources?: readonly string[];
  operators?: readonly string[];
  sinks?: readonly string[];
  /** Schemes of the addresses that `--engine` takes with it. */
  engines?: readonly string[];
}

/** Everything a pipeline file can name, in explicit lists to which a program or a required module adds its own. */
export interface Registry {
  sources: readonly SourceEntry[];
  operators: readonly OperatorEntry[];
  sinks: readonly SinkEntry[];
  /** Packages that are known to add more where they are installed. */
  packages?: readonly PackageVerbs[];
  /** Embedders beside those that come with caducus. */
  embedders?: readonly EmbedderFactory[];
  /** Opens what keeps the topics' vectors, in place of a folder. */
  vectorStore?: OpenVectorStore;
  /** Engines on which a pipeline runs on several machines, by the scheme of their addresses; see `Engine`. */
  engines?: readonly EngineEntry[];
}

/** What a registry knows of an engine. */
export interface EngineEntry {
  name: string;
}

export type Kind = 'source' | 'operator' | 'sink';

interface Entries {
  source: SourceEntry;
  operator: OperatorEntry;
  sink: SinkEntry;
}

function entries<K extends Kind>({ sources, operators, sinks }: Registry, kind: K): readonly Entries[K][] {
  const lists: { [Each in Kind]: readonly Entries[Each][] } = { source: sources, operator: operators, sink: sinks };
  return lists[kind];
}

/** The verb a pipeline file uses for a name: `groupBy` is written `group_by`, `cloudwatchLogs` `cloudwatch-logs`. */
export const readVerb = (kind: Kind, name: string): string =>
  kind === 'operator' ? name.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`) : name;

export function verbs(registry: Registry, kind: Kind): string[] {
  return entries(registry, kind).map((entry) => readVerb(kind, entry.spec.name));
}

/** What a pipeline file means by a verb. Throws CAD022 for an operator with an option of which nobody says what changing it does to a state. */
export function find<K extends Kind>(registry: Registry, kind: K, verb: string): Entries[K] | undefined {
  const found = entries(registry, kind).find((entry) => readVerb(kind, entry.spec.name) === verb);
  if (kind === 'operator' && found) refuseUnclassed((found as OperatorEntry).spec);
  return found;
}

/** What to do about a verb that another package adds, such as `needs caducus-x: npm install caducus-x`; null where none is known to. */
export function findNeed({ packages = [] }: Pick<Registry, 'packages'>, kind: Kind, verb: string): string | null {
  const found = packages.find((one) => one[`${kind}s` as const]?.includes(verb));
  return found ? `needs ${found.name}: npm install ${found.name}` : null;
}

/** Verbs that known packages would add, each with what it needs. */
export function listNeeds(registry: Registry, kind: Kind): { verb: string; need: string }[] {
  const there = verbs(registry, kind);
  const more = new Set((registry.packages ?? []).flatMap((one) => one[`${kind}s` as const] ?? []));
  return [...more].filter((verb) => !there.includes(verb)).map((verb) => ({ verb, need: findNeed(registry, kind, verb)! }));
}

function refuseUnclassed(spec: MachineSpec): void {
  const names = listUnclassed(spec);
  if (names.length > 0) throw new CaducusError('CAD022', {}, `operator ${spec.name}: no class of change for ${names.join(', ')}`);
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
    packages: [...(base.packages ?? []), ...(more.packages ?? [])],
    embedders: join(base.embedders ?? [], more.embedders),
    ...(vectorStore && { vectorStore }),
    engines: [...(base.engines ?? []), ...(more.engines ?? [])],
  };
}

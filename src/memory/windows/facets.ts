import { fieldReader } from '../../../config/scalars.ts';
import type { JsonObject } from '../../event.ts';
import type { BlipField } from '../../signal.ts';

/**
 * Fields that tell one part of a service from another, and the names they have with loggers, shippers and platforms: as one
 * key, written with points, or nested.
 */
const aliases: Readonly<Record<string, readonly string[]>> = {
  version: [
    'version',
    'app_version',
    'appVersion',
    'release',
    'service.version',
    'app.version',
    'service_version',
    'serviceVersion',
    'image_tag',
  ],
  pod: ['pod', 'pod_name', 'podName', 'k8s.pod.name', 'kubernetes.pod_name', 'kubernetes.pod.name', 'k8s.pod'],
  host: ['host', 'hostname', 'host.name', 'hostName', 'instance', 'node', 'node_name', 'server', 'k8s.node.name', 'kubernetes.host'],
  zone: ['zone', 'availability_zone', 'az', 'cloud.availability_zone', 'availabilityZone'],
  region: ['region', 'cloud.region', 'aws_region'],
  namespace: ['namespace', 'k8s.namespace.name', 'kubernetes.namespace_name', 'kubernetes.namespace'],
  cluster: ['cluster', 'cluster_name', 'k8s.cluster.name', 'clusterName'],
  environment: ['environment', 'env', 'deployment.environment', 'deployment.environment.name'],
  team: ['team', 'owner'],
  tier: ['tier'],
};
export const facetNames: readonly string[] = Object.keys(aliases);

const asNested = (names: readonly string[]) => names.map((name) => ({ name, nested: name.includes('.') ? fieldReader(name) : null }));
const readers = Object.entries(aliases).map(([facet, names]) => ({ facet, names: asNested(names) }));
/** Keys that a line with any facet has at least one of: most have none, and are spared the rest. */
const heads = new Set(
  Object.values(aliases)
    .flat()
    .flatMap((name) => [name, name.split('.')[0]!]),
);

/** Values of one facet that are told apart, and their longest, characters: a field with more values says who, not where. */
const mostValues = 32;
const longest = 80;
/** Lines that are looked at one by one; of each further doubling of their number as many are. */
const octave = 64;

/** How often each value of each facet was among the lines that were looked at. */
export interface Facets {
  seen: number;
  values: Record<string, [value: string, count: number][]>;
}

/** Whether the line with this number, from 0, is looked at: all of the first, then ever fewer, evenly. */
export function isSampled(index: number): boolean {
  if (index < octave) return true;
  return index % 2 ** Math.floor(Math.log2(index / octave)) === 0;
}

/** The facets with those of a line counted. */
export function countFacets(facets: Facets | undefined, metadata: JsonObject): Facets {
  const into = facets ?? { seen: 0, values: {} };
  into.seen += 1;
  if (!holdsHead(metadata)) return into;
  for (const { facet, names } of readers) {
    const value = readFacet(metadata, names);
    if (value === null) continue;
    addTo((into.values[facet] ??= []), value, 1);
  }
  return into;
}

function holdsHead(metadata: JsonObject): boolean {
  for (const name in metadata) if (heads.has(name)) return true;
  return false;
}

function addTo(counts: [string, number][], value: string, count: number): void {
  const known = counts.find(([one]) => one === value);
  if (known) known[1] += count;
  else if (counts.length < mostValues) counts.push([value, count]);
}

function readFacet(metadata: JsonObject, names: (typeof readers)[number]['names']): string | null {
  for (const { name, nested } of names) {
    const value = Object.hasOwn(metadata, name) ? metadata[name] : nested?.(metadata);
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

const ofInstance = [readers.find(({ facet }) => facet === 'pod')!, readers.find(({ facet }) => facet === 'host')!];

/** The instance that wrote a line: its pod, else its host; null where neither is named. */
export function readInstance(metadata: JsonObject): string | null {
  if (!holdsHead(metadata)) return null;
  for (const { names } of ofInstance) {
    const value = readFacet(metadata, names);
    if (value !== null) return value;
  }
  return null;
}

/** Reads a facet of a line, under whichever of its names it stands; null for a name that is no facet's. */
export function facetReader(name: string): ((metadata: JsonObject) => string | null) | null {
  const found = readers.find(({ facet }) => facet === name);
  return found ? (metadata) => readFacet(metadata, found.names) : null;
}

/** Those of two patterns that turned out to be one. */
export function mergeFacets(a: Facets | undefined, b: Facets | undefined): Facets | undefined {
  if (!a || !b) return a ?? b;
  const { values } = structuredClone(a);
  for (const [facet, counts] of Object.entries(b.values)) for (const [value, count] of counts) addTo((values[facet] ??= []), value, count);
  return { seen: a.seen + b.seen, values };
}

/** The value that comes most beside one; undefined where none does. */
function findOther(counts: readonly [string, number][], value: string): string | undefined {
  const others = counts.filter(([one]) => one !== value);
  return others.length === 0 ? undefined : others.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Share of a pattern's lines that must have a value before it is named. */
const leastShare = 0.8;

/**
 * The value of each facet that most lines of a pattern have, beside its share in the other lines of the group: null where
 * nothing is known of them.
 */
export function listFields(mine: Facets | undefined, group: Facets | undefined): BlipField[] {
  if (!mine) return [];
  return facetNames.flatMap((name): BlipField[] => {
    const counts = mine.values[name];
    if (!counts) return [];
    const [value, count] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
    if (count < leastShare * mine.seen) return [];
    const all = group?.values[name];
    const share = all && group.seen > 0 ? (all.find(([one]) => one === value)?.[1] ?? 0) / group.seen : null;
    const others = findOther(all ?? [], value);
    return [
      {
        name,
        value,
        in: count,
        of: mine.seen,
        usual: share === null ? null : Math.round(share * 1000) / 1000,
        ...(others === undefined ? {} : { others }),
      },
    ];
  });
}

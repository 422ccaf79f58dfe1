import type { Instance } from '../../operators/kernel.ts';
import type { Json, JsonObject } from '../event.ts';
import { digest } from '../memory/digest.ts';
import type { OperatorNode, SinkNode, SourceNode } from './definition.ts';

/** Where a source stands: behind `taken` records of the batch that follows `position`. */
export interface SourceState {
  id: string;
  hash: string;
  position: Json;
  taken: number;
}

/** Everything a run needs to go on as if it had never stopped. Plain JSON. */
export interface Snapshot {
  version: 1;
  pipeline: string;
  /** Newest event time, milliseconds; null before the first record. */
  newest: number | null;
  watermark: number | null;
  progress: (number | null)[];
  sources: SourceState[];
  operators: { id: string; hash: string; stateVersion: number; state: Json }[];
  sinks: { id: string; hash: string; position: Json }[];
}

/** A hash of what a node was configured with, so that a changed option is noticed where it matters, and only there. */
export function configHash(name: string, options: unknown): string {
  return digest(`${name}\n${canonical(options)}`);
}

/** JSON with sorted keys; functions and patterns by their text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value).filter(([, v]) => v !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? String(value);
}

export const sourceHash = (node: SourceNode): string => configHash(node.source.spec.name, node.options);
export const operatorHash = (node: OperatorNode): string => configHash(node.operator.spec.name, { ...(node.options as JsonObject), from: node.from });
export const sinkHash = (node: SinkNode): string => configHash(node.sink.spec.name, node.options);

/** What in a snapshot does not fit the pipeline any more, in words; empty when it can be used as it is. */
export function differences(snapshot: Snapshot, operators: readonly OperatorNode[]): string[] {
  const words: string[] = [];
  for (const node of operators) {
    const saved = snapshot.operators.find((s) => s.id === node.id);
    if (!saved) words.push(`operator ${node.id} is new: it would start empty`);
    else if (saved.hash !== operatorHash(node)) words.push(`operator ${node.id} has other options than its state was made with`);
    else if (saved.stateVersion > node.operator.spec.stateVersion) words.push(`operator ${node.id} has state of a later version`);
    else if (saved.stateVersion < node.operator.spec.stateVersion && !node.operator.spec.migrate) words.push(`operator ${node.id} cannot carry over state of version ${saved.stateVersion}`);
  }
  for (const { id } of snapshot.operators) {
    if (!operators.some((node) => node.id === id)) words.push(`operator ${id} is gone: its state would be lost`);
  }
  return words;
}

/** Puts saved operator states back, migrated where their version is older. */
export function restoreOperators(snapshot: Snapshot, instances: ReadonlyMap<string, Instance>): void {
  for (const { id, stateVersion, state } of snapshot.operators) {
    const instance = instances.get(id);
    if (!instance) continue;
    const { spec } = instance;
    instance.load(stateVersion < spec.stateVersion && spec.migrate ? spec.migrate(state, stateVersion) : state);
  }
}

import { impliedSource } from '../modes/withMarks.ts';
import { keyedOptions, type CopiedKey, type Instance, type SavedInstance } from '../../kernel/defineOperator.ts';
import type { Json, JsonObject } from '../../event.ts';
import { digest } from '../../base/digest.ts';
import type { OperatorNode, Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { toSnakeCase } from '../../pipeline/keyCase.ts';
import type { SavedSourceClock } from '../intake/sourceClock.ts';
import type { SavedProgress } from '../intake/watermark.ts';

/** Where a source stands: behind `taken` records of what follows `position`. */
export interface SourceState {
  id: string;
  /** Of the options that its positions depend on. */
  hash: string;
  position: Json;
  taken: number;
  /** Records taken since the pipeline first ran: names a record over restarts. */
  read: number;
  /** Newest event time, milliseconds; null before the first record. */
  reached: number | null;
  /** Ids that came last, of a source that may give a record again. */
  recent?: string[];
  /** Its event clock at that position. Not in older checkpoints, and not of sources whose records go by their own stamps. */
  clock?: SavedSourceClock;
}

/** What a checkpoint says of an operator, beside its keys. */
export interface OperatorHead {
  id: string;
  hash: string;
  /** A hash of each option, to name those that were changed; their values may be secrets. Not in the oldest checkpoints. */
  options?: Record<string, string>;
  stateVersion: number;
}

/** What a checkpoint holds beside the keys of its operators. Plain JSON. */
export interface SnapshotHead {
  version: 2;
  pipeline: string;
  /** Newest event time, milliseconds; null before the first record. */
  newest: number | null;
  watermark: number | null;
  progress: SavedProgress[];
  /** Time of the run's clock, milliseconds. */
  clock: number;
  sources: SourceState[];
  operators: (OperatorHead & { swept: number | null })[];
  sinks: { id: string; sink: string; position: Json }[];
  /** Where the journal of arrivals stood; null without one. */
  journal: Json;
  /** Where the journal of vectors stood; null without one. */
  vectors?: Json;
}

/** Everything a run needs to go on as if it had never stopped. */
export interface Snapshot extends Omit<SnapshotHead, 'operators'> {
  operators: (OperatorHead & { state: Json })[];
}

/** A key of an operator as a line of a checkpoint. */
export const keyLine = (operator: string, text: string): string => `[${JSON.stringify(operator)},${text}]`;

/** A head and the lines of its keys, the older ones first, as one: of each key the last line counts. */
export function foldSnapshot(head: SnapshotHead, lines: Iterable<string>): Snapshot {
  const keys = new Map(head.operators.map(({ id }) => [id, new Map<string, CopiedKey>()]));
  for (const line of lines) {
    const [id, copied] = JSON.parse(line) as [string, CopiedKey];
    if ('gone' in copied) keys.get(id)?.delete(copied.key);
    else keys.get(id)?.set(copied.key, copied);
  }
  return {
    ...head,
    operators: head.operators.map(({ swept, ...rest }) => ({ ...rest, state: saved(swept, [...keys.get(rest.id)!.values()]) })),
  };
}

function saved(swept: number | null, copied: readonly CopiedKey[]): SavedInstance {
  const held = copied.filter((key) => 'state' in key).toSorted((a, b) => a.touched - b.touched);
  const spilled = copied.filter((key) => 'spilled' in key).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return {
    swept,
    keys: held.map(({ key, seen, state }) => [key, seen, state]),
    spilled: spilled.map(({ key, spilled, due }) => [key, spilled, due]),
  };
}

/** The numbers of the spilled states that a snapshot names. */
export function spilledIn({ operators }: Snapshot): Set<number> {
  return new Set(operators.flatMap(({ state }) => (state as SavedInstance).spilled.map(([, number]) => number)));
}

/** A hash of what a node was configured with, so that a changed option is noticed where it matters, and only there. */
export function configHash(name: string, options: unknown): string {
  return digest(`${name}\n${canonical(options)}`);
}

/** JSON with sorted keys; functions and patterns by their text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? String(value);
}

export const sourceHash = ({ source: { spec }, options }: SourceNode): string => configHash(spec.name, spec.identity(options));
export const operatorHash = (node: OperatorNode): string =>
  configHash(node.operator.spec.name, { ...extractMeaning(node), from: node.from });

/** Whether a state was made with the same options and inputs, wherever what people say was led then. */
function isSameMeaning(saved: string, node: OperatorNode): boolean {
  const own = node.from.filter((name) => name !== impliedSource);
  return [node.from, own, [...own, impliedSource]].some((from) => operatorHash({ ...node, from }) === saved);
}

const optionHashes = (node: OperatorNode): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...extractMeaning(node), from: node.from }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, configHash(name, value)]],
    ),
  );

/** What a checkpoint says of each operator, beside its keys. */
export const operatorHeads = (operators: readonly OperatorNode[]): OperatorHead[] =>
  operators.map((node) => ({
    id: node.id,
    hash: operatorHash(node),
    options: optionHashes(node),
    stateVersion: node.operator.spec.stateVersion,
  }));

/** The options that are not what they were, as the pipeline file calls them; `other options` where that is not known. */
function changedOptions(node: OperatorNode, saved: Record<string, string> = {}): string {
  const now = optionHashes(node);
  const names = [...new Set([...Object.keys(now), ...Object.keys(saved)])].filter((name) => now[name] !== saved[name]);
  return Object.keys(saved).length === 0 || names.length === 0 ? 'other options' : `another ${names.map(toSnakeCase).join(', ')}`;
}

/** The states of all operators; of keys that lie on disk, the numbers they are found by. */
export const savedStates = (operators: readonly OperatorNode[], instances: ReadonlyMap<string, Instance>): Snapshot['operators'] =>
  operatorHeads(operators).map((head) => ({ ...head, state: instances.get(head.id)!.save() }));

/** The options less those that say nothing about what states mean: modes, how many keys stay in memory, and how long. */
const extractMeaning = ({ operator: { spec }, options }: OperatorNode) =>
  Object.fromEntries(Object.entries(options as JsonObject).filter(([name]) => !(name in keyedOptions) && !spec.modes?.includes(name)));

/** What in a snapshot does not fit the pipeline any more, in words; empty when it can be used as it is. */
export function differences(
  snapshot: Pick<SnapshotHead, 'sources'> & { operators: OperatorHead[] },
  { sources, operators }: Pick<Pipeline, 'sources' | 'operators'>,
): string[] {
  const words: string[] = [];
  for (const node of sources) {
    const saved = snapshot.sources.find((s) => s.id === node.id);
    // One that never gave anything stands nowhere: a mistyped name can be mended.
    if (saved && saved.position !== null && saved.hash !== sourceHash(node))
      words.push(`source ${node.id} has other options than its position was made with`);
  }
  for (const node of operators) {
    const saved = snapshot.operators.find((s) => s.id === node.id);
    if (!saved) words.push(`operator ${node.id} is new: it would start empty`);
    else if (!isSameMeaning(saved.hash, node))
      words.push(`operator ${node.id} has ${changedOptions(node, saved.options)} than its state was made with`);
    else if (saved.stateVersion > node.operator.spec.stateVersion) words.push(`operator ${node.id} has state of a later version`);
    else if (saved.stateVersion < node.operator.spec.stateVersion && !node.operator.spec.migrate)
      words.push(`operator ${node.id} cannot carry over state of version ${saved.stateVersion}`);
  }
  for (const { id } of snapshot.operators) {
    if (!operators.some((node) => node.id === id)) words.push(`operator ${id} is gone: its state would be lost`);
  }
  return words;
}

/** Puts saved operator states back, migrated where their version is older. */
export function restoreOperators(snapshot: Pick<Snapshot, 'operators'>, instances: ReadonlyMap<string, Instance>): void {
  for (const { id, stateVersion, state } of snapshot.operators) {
    const instance = instances.get(id);
    if (!instance) continue;
    const { spec } = instance;
    instance.load(
      stateVersion < spec.stateVersion && spec.migrate
        ? migrated(state as SavedInstance, (one) => spec.migrate!(one, stateVersion))
        : state,
    );
  }
}

/** `migrate` is asked for each key: an author knows the state of a machine, not how a run keeps it. */
function migrated(state: SavedInstance, migrate: (state: Json) => Json): SavedInstance {
  return { ...state, keys: state.keys.map(([key, seen, one]) => [key, seen, migrate(one)]) };
}

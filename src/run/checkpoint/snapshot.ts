import type { CopiedKey, Instance, SavedInstance } from '../../kernel/defineOperator.ts';
import type { Json, JsonObject } from '../../event.ts';
import { configHash } from './configHash.ts';
import { hashKeys, operatorHash, optionHashes, plainValues } from './optionHashes.ts';
import type { OperatorNode, SourceNode } from '../../pipeline/definition.ts';
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
  /** Its verb, as code has it. Not in older checkpoints. */
  name?: string;
  hash: string;
  /** A hash of each option, to name those that were changed; their values may be secrets. Not in the oldest checkpoints. */
  options?: Record<string, string>;
  /** The options that are a number, or yes or no, for what a state has to be converted by. Not in older checkpoints. */
  values?: JsonObject;
  /** Hash of what decides its keys: the options of class `identity` of it and of all before it. Not in older checkpoints. */
  keyedBy?: string;
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
  operators: (OperatorHead & Pick<SavedInstance, 'folding'>)[];
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
    const own = keys.get(id);
    if (own) foldKey(own, copied);
  }
  return {
    ...head,
    operators: head.operators.map(({ folding, ...rest }) => ({ ...rest, state: sortKeys(folding, keys.get(rest.id)!) })),
  };
}

/** Puts a key as it was copied later in the place of what there is of it. */
export function foldKey(keys: Map<string, CopiedKey>, copied: CopiedKey): void {
  if ('gone' in copied) keys.delete(copied.key);
  else keys.set(copied.key, copied);
}

/** Keys that were copied, as an operator takes them up. */
export function sortKeys(folding: SavedInstance['folding'], keys: ReadonlyMap<string, CopiedKey>): SavedInstance {
  const copied = [...keys.values()];
  const held = copied.filter((key) => 'state' in key).toSorted((a, b) => a.touched - b.touched);
  const spilled = copied.filter((key) => 'spilled' in key).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return {
    keys: held.map(({ key, seen, state, count = 1 }) => [key, seen, state, count]),
    folding: folding ?? null,
    ...(spilled.length > 0 && { spilled: spilled.map(({ key, spilled, due }) => [key, spilled, due]) }),
  };
}

export const sourceHash = ({ source: { spec }, options }: SourceNode): string => configHash(spec.name, spec.identity(options));

/** What a checkpoint says of each operator, beside its keys. */
export const operatorHeads = (operators: readonly OperatorNode[]): OperatorHead[] =>
  operators.map((node) => ({
    id: node.id,
    name: node.operator.spec.name,
    hash: operatorHash(node),
    options: optionHashes(node),
    values: plainValues(node),
    keyedBy: hashKeys(node, operators),
    stateVersion: node.operator.spec.stateVersion,
  }));

/** The states of all operators. */
export const savedStates = (operators: readonly OperatorNode[], instances: ReadonlyMap<string, Instance>): Snapshot['operators'] =>
  operatorHeads(operators).map((head) => ({ ...head, state: instances.get(head.id)!.save() }));

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
  return { ...state, keys: state.keys.map(([key, seen, one, count = 1]) => [key, seen, migrate(one), count]) };
}

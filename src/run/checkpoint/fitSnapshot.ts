import type { Json, JsonObject } from '../../event.ts';
import type { OptionChange, SavedInstance } from '../../kernel/defineOperator.ts';
import type { OperatorNode, Pipeline } from '../../pipeline/definition.ts';
import { toSnakeCase } from '../../pipeline/keyCase.ts';
import { changedOptions, unknownOptions, type ChangedOptions } from './changedOptions.ts';
import { configHash } from './configHash.ts';
import { valuesBefore } from './valuesBefore.ts';
import { hashKeys, namedOptions } from './optionHashes.ts';
import { sourceHash, type OperatorHead, type Snapshot } from './snapshot.ts';

/** A change that is refused, and what ends the refusal. */
export interface Refusal {
  what: string;
  /** `accept`: it may be accepted, and starts operators anew. `remove`: only without the state of that operator. */
  way: 'accept' | 'remove';
  operator: string;
}

/** What a pipeline goes on from, after it was changed. */
export interface Fit {
  snapshot: Snapshot;
  /** What was changed, and what became of the state: a line each, for a person. */
  notes: string[];
  /** With any of these nothing may be gone on from. */
  refused: Refusal[];
}

type SavedOperator = Snapshot['operators'][number];

/**
 * What of a snapshot a pipeline can go on from that was changed meanwhile. Each option says by its class what its change
 * does: nothing, from the next evaluation on, the state is carried over (else that operator starts anew), or, where it
 * decides what the state is kept by, all of it is refused unless the change is accepted: then the operator and those
 * behind it start anew. Operators that are new start empty, what was known of those that are gone is dropped; sources
 * keep their place while what they read is the same.
 */
export function fitSnapshot(saved: Snapshot, { sources, operators }: Pick<Pipeline, 'sources' | 'operators'>, accept = false): Fit {
  const fit: Fit = { snapshot: saved, notes: [], refused: [] };
  const time = saved.watermark ?? saved.newest;
  /** Operators that start anew because of keys, and those whose windows are others: it goes on to what is behind them. */
  const anew = new Set<string>();
  const ratios = new Map<string, number>();
  const fitted = operators.map((node): SavedOperator[] => {
    const before = saved.operators.find(({ id }) => id === node.id);
    const from = node.from.map((name) => name.split('.')[0]!);
    const isBehind = from.some((id) => anew.has(id));
    const ratio = from.flatMap((id) => ratios.get(id) ?? [])[0];
    if (ratio !== undefined) ratios.set(node.id, ratio);
    if (!before || (before.name !== undefined && before.name !== node.operator.spec.name)) {
      if (isBehind) anew.add(node.id);
      if (saved.operators.length > 0 && !isImplied(node.id)) fit.notes.push(`operator ${node.id} is new: it starts empty`);
      return joining(node, time, saved.operators.length > 0);
    }
    const changed = changedOptions(node, before);
    if (isBehind) {
      anew.add(node.id);
      return [];
    }
    if (changed.identity.length > 0 || hasOtherKeys(node, before, operators)) {
      anew.add(node.id);
      refuse(fit, node, changed, accept);
      return [];
    }
    const versioned = migrate(node, before, fit);
    const own = windowRatio(node, before, changed);
    if (own !== null) ratios.set(node.id, own);
    const carried = versioned ? carry(node, versioned, changed, time, fit) : null;
    return carried ? [ratio === undefined ? carried : rewindow(node, carried, ratio)] : [];
  });
  for (const { id } of saved.operators) {
    if (!isImplied(id) && !operators.some((node) => node.id === id)) fit.notes.push(`operator ${id} is gone: what it knew is dropped`);
  }
  fit.snapshot = { ...saved, sources: keptSources(saved, sources, fit), progress: keptProgress(saved, sources), operators: fitted.flat() };
  return fit;
}

/** The program's own, which no file names. */
const isImplied = (id: string): boolean => id.startsWith('~');

/** Other operators decide its keys than before, or in another order. */
const hasOtherKeys = (node: OperatorNode, { keyedBy }: OperatorHead, operators: readonly OperatorNode[]): boolean =>
  keyedBy !== undefined && keyedBy !== hashKeys(node, operators);

function refuse(fit: Fit, { id }: OperatorNode, { identity }: ChangedOptions, accept: boolean): void {
  const other = identity.includes(unknownOptions) ? 'other options' : `another ${identity.map(toSnakeCase).join(', ')}`;
  const what = identity.length > 0 ? `operator ${id} has ${other}` : `operator ${id} gets its keys from other operators`;
  if (accept) fit.notes.push(`${what}: it starts anew, and so does what is behind it`);
  else fit.refused.push({ what: `${what} than its state was made with`, way: 'accept', operator: id });
}

/** The state in the version of this program; null when it cannot be. */
function migrate({ id, operator: { spec } }: OperatorNode, saved: SavedOperator, fit: Fit): SavedOperator | null {
  const { stateVersion } = saved;
  if (stateVersion === spec.stateVersion) return saved;
  if (stateVersion < spec.stateVersion && spec.migrate)
    return { ...saved, stateVersion: spec.stateVersion, state: eachKey(saved.state, (state) => spec.migrate!(state, stateVersion)) };
  const what =
    stateVersion > spec.stateVersion
      ? `operator ${id} has state of a later version of this program`
      : `operator ${id} cannot carry over state of version ${stateVersion}`;
  fit.refused.push({ what, way: 'remove', operator: id });
  return null;
}

/** The state with the options of now: as it is, converted, or none. */
function carry(node: OperatorNode, saved: SavedOperator, changed: ChangedOptions, time: number | null, fit: Fit): SavedOperator | null {
  const { shape, threshold } = changed;
  const { spec } = node.operator;
  const names = (list: readonly string[]) => list.map(toSnakeCase).join(', ');
  if (threshold.length > 0) fit.notes.push(`operator ${node.id}: another ${names(threshold)}, from the next evaluation on`);
  if (shape.length === 0) return saved;
  const converted = spec.convert && !shape.includes('from') ? convertKeys(node, saved, shape, time) : null;
  const became = converted ? 'what it knew is carried over' : 'it starts anew';
  fit.notes.push(`operator ${node.id}: another ${names(shape)}; ${became}`);
  return converted === null ? null : { ...saved, state: converted };
}

function convertKeys(node: OperatorNode, saved: SavedOperator, names: readonly string[], time: number | null): Json | null {
  const { convert } = node.operator.spec;
  const { options = {}, state } = saved;
  const change: OptionChange = {
    names,
    after: namedOptions(node),
    before: valuesBefore(saved, names),
    had: (name, value) => (Object.hasOwn(options, name) ? options[name] === configHash(name, value) : null),
    time,
  };
  const { keys, ...rest } = state as SavedInstance;
  const converted = keys.flatMap(([key, seen, one, count = 1]): SavedInstance['keys'] => {
    const fitting = convert!(one, change);
    return fitting === null ? [] : [[key, seen, fitting, count]];
  });
  return converted.length < keys.length ? null : { ...rest, keys: converted };
}

/** How many times as long the windows are in which an operator emits; null where they are what they were, or nobody knows. */
function windowRatio(node: OperatorNode, saved: OperatorHead, { shape }: ChangedOptions): number | null {
  const name = shape.find((one) => node.operator.spec.windows?.includes(one));
  if (name === undefined) return null;
  const [before, after] = [valuesBefore(saved, [name])[name], namedOptions(node)[name]];
  return typeof before === 'number' && typeof after === 'number' ? after / before : 1;
}

const rewindow = ({ operator: { spec }, options }: OperatorNode, saved: SavedOperator, ratio: number): SavedOperator =>
  spec.rewindow ? { ...saved, state: eachKey(saved.state, (state) => spec.rewindow!(state, options, ratio)) } : saved;

/** An operator is asked for each key: an author knows the state of a machine, not how a run keeps it. */
function eachKey(state: Json, change: (state: Json) => Json): SavedInstance {
  const { keys, ...rest } = state as SavedInstance;
  return { ...rest, keys: keys.map(([key, seen, one, count = 1]) => [key, seen, change(one), count]) };
}

/** A new operator in a pipeline that has run: with the state in which it joins, where it has one. */
function joining({ id, operator: { spec }, options }: OperatorNode, time: number | null, hasRun: boolean): SavedOperator[] {
  if (!hasRun || time === null || !spec.join) return [];
  const state: SavedInstance = { keys: [['', time, spec.join(options, time), 1]] };
  return [{ id, name: spec.name, hash: '', stateVersion: spec.stateVersion, state }];
}

/** Where the sources stand that read what they read before. */
function keptSources({ sources: saved }: Snapshot, sources: Pipeline['sources'], fit: Fit): Snapshot['sources'] {
  for (const { id, position } of saved) {
    if (position !== null && !sources.some((node) => node.id === id))
      fit.notes.push(`source ${id} is gone, with its place in what it read`);
  }
  return saved.flatMap((one) => {
    const node = sources.find(({ id }) => id === one.id);
    if (!node || one.position === null || isSameInput(node, one.hash)) return [one];
    const { reread } = node.source.spec;
    if (reread) {
      fit.notes.push(`source ${one.id} reads on where it stood, otherwise than before`);
      return [{ ...one, position: reread(one.position) }];
    }
    fit.notes.push(`source ${one.id} reads something else than before: it begins at the beginning of that`);
    return [];
  });
}

/** Whether a position means the same to it. One whose positions name what they are in always knows. */
function isSameInput(node: Pipeline['sources'][number], saved: string): boolean {
  const identity = node.source.spec.identity(node.options) as JsonObject;
  return Object.keys(identity).length === 0 || saved === sourceHash(node);
}

/** How far each source had come, where it is known source by source; one that is new has not begun. */
function keptProgress({ sources: saved, progress, clock }: Snapshot, sources: Pipeline['sources']): Snapshot['progress'] {
  if (progress.length !== saved.length) return progress;
  const fresh = { time: null, arrived: clock, idling: false, ended: false, complete: null };
  return sources.map(({ id }) => progress[saved.findIndex((one) => one.id === id)] ?? fresh);
}

import { signalKinds } from '../../config/scalars.ts';
import type { OperatorNode } from './definition.ts';
import { meantOrKnown } from '../base/text/didYouMean.ts';
import type { Path } from './yamlDocument.ts';

/** A kind of signal that nothing in the pipeline gives. */
export interface UnknownKind {
  path: Path;
  what: string;
  hint: string;
}

/**
 * Of the kinds that a file names, those that are neither built in nor emitted by one of its operators. An operator that
 * does not say what it emits may emit anything: then none is unknown.
 */
export function findUnknownKinds(named: readonly [Path, string][], operators: readonly OperatorNode[]): UnknownKind[] {
  const emitted = operators.map(({ operator }) => operator.spec.emits);
  if (emitted.includes(undefined)) return [];
  const known = [...new Set([...signalKinds, ...emitted.flatMap((kinds) => kinds ?? [])])];
  return named
    .filter(([, kind]) => !known.includes(kind))
    .map(([path, kind]) => ({ path, what: `nothing here emits the kind "${kind}"`, hint: meantOrKnown(kind, known) }));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const entries = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);
const field = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

/** The kinds of signal that a file names, each with its place: what sinks select, and what tests expect. */
export function namedKinds(file: { sinks?: unknown; tests?: unknown }): [Path, string][] {
  const named: [Path, string][] = [];
  const add = (path: Path, kind: unknown) => void (typeof kind === 'string' && named.push([path, kind]));
  for (const [id, step] of entries(file.sinks))
    for (const [verb, options] of entries(step))
      for (const [i, kind] of entries(field(options, 'select'))) add(['sinks', id, verb, 'select', Number(i)], kind);
  for (const [i, test] of entries(file.tests))
    for (const [j, expected] of entries(field(test, 'expect')))
      add(['tests', Number(i), 'expect', Number(j), 'kind'], field(expected, 'kind'));
  return named;
}

import { CaducusError, CaducusErrors } from '../errors.ts';
import type { z } from 'zod';
import type { SourceEntry } from '../sources/source.ts';
import type { OperatorEntry } from '../kernel/defineOperator.ts';
import { applySettings } from './applySettings.ts';
import { findUnknownKinds, namedKinds } from './checkKinds.ts';
import { checkValue, unknownKey } from './checkValue.ts';
import { frame, fromOption, idPattern, type OperatorNode, type Pipeline, type SinkNode, type SourceNode } from './definition.ts';
import { expectedSchema } from './expected.ts';
import { didYouMean, meantOrKnown } from '../base/text/didYouMean.ts';
import { checkEmbedder } from './embedderNode.ts';
import { interpolate, type Variables } from './interpolate.ts';
import { toSnakeCase } from './keyCase.ts';
import { openPipeline } from './openPipeline.ts';
import { overridesSchema, withOverrides } from './overrides.ts';
import { find, findNeed, listNeeds, verbs, type Kind, type Registry } from './registry.ts';
import { danglingIn } from './tests/checkPlaces.ts';
import { pathText, type Path, type YamlDocument } from './yamlDocument.ts';

export interface LoadContext {
  registry: Registry;
  variables: Variables;
  /** Options that are set in place of what the file says, each as `place=value`; see `applySettings`. */
  settings?: readonly string[];
  /** Called with each name that the registry has no entry for. */
  unknown?: (kind: Kind, verb: string) => void;
}

type Step = Record<string, unknown>;

/** Collects errors while a file is read, so that all of them are reported at once. */
class Reader {
  readonly errors: CaducusError[] = [];
  readonly yaml: YamlDocument;
  readonly registry: Registry;
  readonly #unknown: LoadContext['unknown'];

  constructor(yaml: YamlDocument, { registry, unknown }: Pick<LoadContext, 'registry' | 'unknown'>) {
    this.yaml = yaml;
    this.registry = registry;
    this.#unknown = unknown;
  }

  check<T extends z.ZodType>(schema: T, data: unknown, path: Path): z.output<T> | undefined {
    const result = checkValue(schema, data, { yaml: this.yaml, path });
    if ('value' in result) return result.value;
    this.errors.push(...result.errors);
    return undefined;
  }

  fail(code: 'CAD013' | 'CAD015' | 'CAD016' | 'CAD017' | 'CAD018', path: Path, what: string, hint?: string): void {
    this.errors.push(new CaducusError(code, this.yaml.whereIs(path), what, hint ? { hint } : {}));
  }

  /** The one verb of a step, its entry of the registry and its checked options. */
  verb<K extends Kind>(kind: K, step: Step, path: Path, siblings: readonly string[]) {
    const names = Object.keys(step).filter((key) => !siblings.includes(key));
    const known = verbs(this.registry, kind);
    if (names.length === 0) {
      this.fail('CAD015', path, `no ${kind} is named here`, `one of: ${known.join(', ')}`);
      return undefined;
    }
    const verb = names.find((name) => known.includes(name)) ?? names[0]!;
    for (const other of names) {
      if (other !== verb) this.errors.push(unknownKey(this.yaml, path, other, [...siblings, verb]));
    }
    const entry = find(this.registry, kind, verb);
    if (!entry) {
      this.#refuse(kind, verb, path, known);
      return undefined;
    }
    const before = this.errors.length;
    const options = this.check(entry.spec.options, step[verb] ?? {}, [...path, verb]);
    return this.errors.length > before ? { verb, entry, options: undefined } : { verb, entry, options };
  }

  #refuse(kind: Kind, verb: string, path: Path, known: readonly string[]): void {
    this.#unknown?.(kind, verb);
    const need = findNeed(this.registry, kind, verb);
    const elsewhere = listNeeds(this.registry, kind).map((one) => one.verb);
    const hint = need ?? didYouMean(verb, [...known, ...elsewhere]) ?? `known: ${known.join(', ')}`;
    this.errors.push(
      new CaducusError(
        'CAD016',
        this.yaml.whereIsKey(path, verb, pathText(path)),
        `${need ? '' : 'unknown '}${kind} "${verb}"${need ? ' is of another package' : ''}`,
        { hint },
      ),
    );
  }
}

/**
 * Reads a pipeline file: YAML, then variables scalar by scalar, then every verb against its own options.
 * Throws CaducusErrors with every problem of the file, each with line and column.
 */
export function loadPipeline(file: string, text: string, { registry, variables, settings = [], unknown }: LoadContext): Pipeline {
  const yaml = openPipeline(file, text);
  applySettings(yaml, settings);
  const reader = new Reader(yaml, { registry, unknown });
  reader.errors.push(...interpolate(yaml, variables));
  const data = yaml.toData();
  const base = reader.check(frame, data ?? {}, []);
  const raw = (data ?? {}) as { sources?: Record<string, Step>; operators?: Step[]; sinks?: Record<string, Step> };
  const sources = readEntries(raw.sources).flatMap(([id, step]) => sourceNode(reader, id, step));
  const sourceIds = new Set(sources.map((s) => s.id));
  const operators = operatorNodes(reader, raw.operators, sourceIds);
  const sinks = readEntries(raw.sinks).flatMap(([id, step]) => sinkNode(reader, id, step, operators, sourceIds));
  if (base && sources.length === 0 && reader.errors.length === 0)
    reader.fail('CAD015', ['sources'], 'a pipeline needs at least one source');
  // With an error above, what a test names may only seem to be missing.
  if (base && reader.errors.length === 0) {
    const dangling = [...danglingIn(base.tests, { sources, operators, sinks }), ...findUnknownKinds(namedKinds(raw), operators)];
    for (const { path, what, hint } of dangling) reader.fail('CAD018', path, what, hint);
  }
  if (reader.errors.length > 0 || !base) throw new CaducusErrors(inFileOrder(withoutEchoes(reader.errors)));
  return { ...base, file, sources, operators, sinks };
}

const isStep = (value: unknown): value is Step => typeof value === 'object' && value !== null && !Array.isArray(value);
const readEntries = (steps: unknown): [string, Step][] =>
  isStep(steps) ? Object.entries(steps).filter((e): e is [string, Step] => idPattern.test(e[0]) && isStep(e[1])) : [];

function sourceNode(reader: Reader, id: string, step: Step): SourceNode[] {
  const path = ['sources', id];
  const besides = [overridesSchema, expectedSchema].map(({ shape }) => Object.keys(shape).map(toSnakeCase));
  const found = reader.verb('source', step, path, besides.flat());
  const only = (names: readonly string[] = []) => Object.fromEntries(Object.entries(step).filter(([key]) => names.includes(key)));
  const overrides = reader.check(overridesSchema, only(besides[0]), path);
  const expected = reader.check(expectedSchema, only(besides[1]), path);
  if (!found || !overrides || !expected) return [];
  const isExpected = expected.expect !== undefined || expected.canary !== undefined;
  if (isExpected && found.options !== undefined && !goesOn(found.entry, found.options))
    reader.fail('CAD015', path, `${found.verb} ends by itself: nothing can be expected of it`, 'Leave out expect and canary.');
  return [{ id, source: withOverrides(found.entry, overrides), options: found.options, ...(isExpected && { expected }) }];
}

/** Whether a source is live, or is with `--follow`. */
const goesOn = ({ spec }: SourceEntry, options: unknown): boolean => spec.live(options) || 'follow' in (options as object);

function operatorNodes(reader: Reader, steps: unknown, sourceIds: ReadonlySet<string>): OperatorNode[] {
  const nodes: OperatorNode[] = [];
  if (!Array.isArray(steps)) return nodes;
  for (const [index, step] of steps.entries()) {
    const path = ['operators', index];
    if (!isStep(step)) continue;
    const found = reader.verb('operator', step, path, ['id', 'from']);
    if (!found) continue;
    const id = typeof step['id'] === 'string' ? step['id'] : found.verb;
    if (!idPattern.test(id))
      reader.fail('CAD013', [...path, 'id'], `"${id}" is no id`, 'letters, digits, "-" and "_", beginning with a letter');
    if (nodes.some((node) => node.id === id)) {
      reader.fail('CAD017', path, `the id "${id}" is taken`, `add a sibling to the verb: id: ${id}-2`);
    }
    const previous = nodes.at(-1)?.id;
    const from =
      step['from'] === undefined ? (previous ? [previous] : []) : readFrom(reader, step['from'], [...path, 'from'], nodes, sourceIds);
    nodes.push({ id, operator: found.entry, from, ...embedding(reader, found, [...path, found.verb]) });
  }
  return nodes;
}

/** An operator's options, with the embedder that they name where it takes one. */
function embedding(
  { errors, yaml, registry }: Reader,
  { entry, options }: { entry: OperatorEntry; options?: unknown },
  path: Path,
): Pick<OperatorNode, 'options' | 'embedder'> {
  if (!entry.spec.embeds || options === undefined) return { options };
  const checked = checkEmbedder(options, { yaml, path }, registry);
  if (!('errors' in checked)) return { options: checked.options, ...(checked.embedder && { embedder: checked.embedder }) };
  errors.push(...checked.errors);
  return { options };
}

function sinkNode(reader: Reader, id: string, step: Step, operators: OperatorNode[], sourceIds: ReadonlySet<string>): SinkNode[] {
  const found = reader.verb('sink', step, ['sinks', id], ['from']);
  if (!found) return [];
  const last = operators.at(-1)?.id;
  const from =
    step['from'] === undefined ? (last ? [last] : []) : readFrom(reader, step['from'], ['sinks', id, 'from'], operators, sourceIds);
  return [{ id, sink: found.entry, options: found.options, from }];
}

/** Checks what `from` names: operators above, their ports, or (in sinks) sources. */
function readFrom(reader: Reader, value: unknown, path: Path, nodes: OperatorNode[], sourceIds: ReadonlySet<string>): string[] {
  const names = reader.check(fromOption, value, path);
  if (names === undefined) return [];
  const list = typeof names === 'string' ? [names] : names;
  for (const [index, name] of list.entries()) {
    const at = typeof names === 'string' ? path : [...path, index];
    const [base, port] = name.split('.') as [string, string | undefined];
    const node = nodes.find((n) => n.id === base);
    const ports = Object.keys(node?.operator.spec.ports ?? {});
    if (!node && !(sourceIds.has(base) && port === undefined)) {
      const known = [...new Set([...nodes.map((n) => n.id), ...sourceIds])];
      reader.fail('CAD018', at, `nothing above is called "${base}"`, meantOrKnown(base, known));
    } else if (port !== undefined && !ports.includes(port)) {
      reader.fail(
        'CAD018',
        at,
        `"${base}" has no port "${port}"`,
        ports.length > 0 ? `its ports: ${ports.join(', ')}` : `"${base}" has no ports`,
      );
    }
  }
  return list;
}

/** A value that is wrong only because its variable is missing needs no second complaint. */
function withoutEchoes(errors: readonly CaducusError[]): CaducusError[] {
  const missing = new Set(errors.filter((e) => e.code === 'CAD021').map((e) => e.where.path));
  return errors.filter((e) => e.code === 'CAD021' || !missing.has(e.where.path));
}

function inFileOrder(errors: readonly CaducusError[]): CaducusError[] {
  return errors.toSorted((a, b) => (a.where.line ?? 0) - (b.where.line ?? 0) || (a.where.column ?? 0) - (b.where.column ?? 0));
}

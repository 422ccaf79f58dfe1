import type { z } from 'zod';
import { CaducusError } from '../errors.ts';
import { didYouMean, meantOrKnown } from '../base/text/didYouMean.ts';
import { issueText } from '../../config/issueText.ts';
import { toCamelCase, memberFor, findShape, toSnakeCase, toCamel, unwrap } from './keyCase.ts';
import { pathText, type Path, type YamlDocument } from './yamlDocument.ts';

/** A place in the file that is checked against a schema. */
export interface Place {
  yaml: YamlDocument;
  path: Path;
}

type Issue = z.core.$ZodIssue;

/**
 * Checks the data at a place against a schema: the parsed value, or one error for each thing that is wrong, each with
 * line, column and what was probably meant.
 */
export function checkValue<T extends z.ZodType>(
  schema: T,
  data: unknown,
  place: Place,
): { value: z.output<T> } | { errors: CaducusError[] } {
  const result = schema.safeParse(toCamel(schema, data), { error: issueText });
  if (result.success) return { value: result.data };
  return { errors: result.error.issues.flatMap((issue) => explain(schema, data, issue as Issue, place)) };
}

function explain(schema: z.ZodType, data: unknown, issue: Issue, place: Place): CaducusError[] {
  const path = issue.path as (string | number)[];
  const inFile = [...place.path, ...path.map((part) => (typeof part === 'string' ? toSnakeCase(part) : part))];
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeAt(schema, data, path) ?? {}).map(toSnakeCase);
    return issue.keys.map((key) => unknownKey(place.yaml, inFile, key.trimEnd(), known));
  }
  if (path.length > 0 && valueAt(data, path) === undefined) {
    const what = `"${String(inFile.at(-1))}" is missing`;
    return [new CaducusError('CAD015', place.yaml.whereIs(inFile.slice(0, -1)), what, meaningAt(schema, data, path))];
  }
  if (issue.code === 'invalid_union') {
    const branch = nearest(issue.errors as Issue[][]);
    if (branch) return branch.flatMap((inner) => explain(schema, data, { ...inner, path: [...path, ...inner.path] } as Issue, place));
  }
  const at = issue.code === 'custom' ? (issue.params?.['at'] as unknown) : undefined;
  const where = typeof at === 'number' ? place.yaml.whereWithin(inFile, at) : place.yaml.whereIs(inFile);
  return [new CaducusError('CAD013', where, withMeant(issue, valueAt(data, path)), meaningAt(schema, data, path))];
}

/** Of a word that is none of those there are, the one that was meant, too. */
function withMeant(issue: Issue, given: unknown): string {
  const meant = issue.code === 'invalid_value' && typeof given === 'string' ? didYouMean(given, issue.values.map(String)) : null;
  return meant === null ? issue.message : `${issue.message}; ${meant}`;
}

/** What the nearest option around a path is for, as a hint. */
function meaningAt(schema: z.ZodType, data: unknown, path: readonly (string | number)[]): { hint?: string } {
  const end = path.findLastIndex((part) => typeof part === 'string');
  if (end < 0) return {};
  const key = path[end] as string;
  const meaning = shapeAt(schema, data, path.slice(0, end))?.[key]?.description;
  return meaning ? { hint: `${toSnakeCase(key)}: ${meaning}` } : {};
}

/** CAD014 at the key, with the nearest known one. */
export function unknownKey(yaml: YamlDocument, path: Path, key: string, known: readonly string[]): CaducusError {
  const hint = meantOrKnown(toSnakeCase(key), known, 'known here');
  return new CaducusError('CAD014', yaml.whereIsKey(path, key, pathText(path)), `unknown key "${key}"`, { hint });
}

/** Of a union's complaints, those of the member that came furthest; undefined when none got past the type. */
function nearest(branches: Issue[][]): Issue[] | undefined {
  const depth = (branch: Issue[]) =>
    Math.max(...branch.map((issue) => issue.path.length + (issue.code === 'invalid_type' && issue.path.length === 0 ? 0 : 1)));
  const ranked = branches.filter((b) => b.length > 0).toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return ranked[0] && depth(ranked[0]) > 0 ? ranked[0] : undefined;
}

/** The object schema that stands at a path, through unions by the shape of the data. */
function shapeAt(schema: z.ZodType, data: unknown, path: readonly (string | number)[]): Record<string, z.ZodType> | null {
  let at: z.ZodType | undefined = schema;
  let value: unknown = data;
  const settle = () => {
    for (let def = at && findDefinition(at); def?.type === 'union' && at; def = at && findDefinition(at))
      at = memberFor(def.options ?? [], value);
  };
  settle();
  for (const part of path) {
    const def: Def | undefined = at && findDefinition(at);
    if (typeof part === 'number') at = def?.element;
    else at = def?.shape?.[toCamelCase(part)] ?? def?.valueType;
    value = (value as Record<string, unknown> | undefined)?.[typeof part === 'string' ? toSnakeCase(part) : part];
    settle();
  }
  return at ? findShape(at) : null;
}

interface Def {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
}

const findDefinition = (schema: z.ZodType): Def => (unwrap(schema) as { def: Def }).def;

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  let at = data;
  for (const part of path) at = (at as Record<string, unknown> | undefined | null)?.[typeof part === 'string' ? toSnakeCase(part) : part];
  return at;
}

import type { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (name: value)',
  record: 'a mapping (name: value)',
  null: 'nothing',
};

/** The kind of a value, in words: `a list`, `a number`, `nothing`. */
function nameKind(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return kinds['array']!;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  return kinds[typeof value] ?? typeof value;
}

/** `8 characters`, `1 entry`, or the bare number where numbers are compared. */
function amount(origin: string, many: number | bigint): string {
  if (origin === 'string') return `${many} character${Number(many) === 1 ? '' : 's'}`;
  return origin === 'array' || origin === 'set' || origin === 'map' ? `${many} ${Number(many) === 1 ? 'entry' : 'entries'}` : String(many);
}

const measure = (value: unknown): unknown =>
  typeof value === 'string' || Array.isArray(value) ? value.length : typeof value === 'number' ? value : undefined;

/** `expected 1 or more, got 0`; `expected at least 8 characters, got 3`. */
function writeBound(limit: number | bigint, isLeast: boolean, { origin, inclusive, input }: z.core.$ZodRawIssue): string {
  const bound = amount(String(origin), limit);
  const isCount = bound !== String(limit);
  const words = isCount
    ? `at ${isLeast ? 'least' : 'most'} ${bound}`
    : inclusive === false
      ? `${isLeast ? 'more' : 'less'} than ${bound}`
      : `${bound} or ${isLeast ? 'more' : 'less'}`;
  const got = measure(input);
  return `expected ${words}${got === undefined ? '' : `, got ${isCount && got === 0 ? 'none' : String(got)}`}`;
}

/** `expected up, down or both, got "sideways"` */
function writeChoice(values: readonly unknown[], input: unknown): string {
  const words = values.map(String);
  const last = words.length > 1 ? ` or ${words.at(-1)!}` : '';
  const got = typeof input === 'string' ? JSON.stringify(input) : nameKind(input);
  return `expected ${(last === '' ? words : words.slice(0, -1)).join(', ')}${last}, got ${got}`;
}

/** What is wrong with a value, in plain words, for a check of zod that brings none of its own. A value that may be a secret is not repeated. */
export function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return `expected ${kinds[String(issue.expected)] ?? String(issue.expected)}, got ${nameKind(issue.input)}`;
  if (issue.code === 'too_small') return writeBound(issue.minimum as number, true, issue);
  if (issue.code === 'too_big') return writeBound(issue.maximum as number, false, issue);
  if (issue.code === 'invalid_value') return writeChoice(issue.values as unknown[], issue.input);
  if (issue.code === 'not_multiple_of') return `expected a multiple of ${String(issue.divisor)}, got ${nameKind(issue.input)}`;
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'expected an address with its scheme, such as https://host/path';
  if (issue.code === 'unrecognized_keys') return `unknown key ${(issue.keys as string[]).map((key) => JSON.stringify(key)).join(', ')}`;
  if (issue.code === 'invalid_union') return `got ${nameKind(issue.input)}, which is none of the forms this can have`;
  return undefined;
}

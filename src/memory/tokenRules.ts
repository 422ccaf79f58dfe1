import { RE2JS } from 're2js';
import { CaducusError } from '../errors.ts';
import type { TokenTest } from './scanner.ts';

/** Characters a rule may have: a pattern longer than this is a mistake or an attack. */
const PATTERN_LENGTH = 500;

/**
 * One test out of users' patterns: true for a token that any of them matches whole. Patterns run in linear time, so
 * none can hang the process. Undefined when there are none, which spares the scanner the question.
 *
 * @throws CaducusError CAD013 for a pattern that cannot be compiled; `path` names the option it stands in.
 */
export function tokenRules(patterns: readonly string[], path: string): TokenTest | undefined {
  if (patterns.length === 0) return undefined;
  const compiled = patterns.map((pattern, i) => compile(pattern, `${path}[${i}]`));
  return (token) => compiled.some((rule) => rule.matcher(token).matches());
}

function compile(pattern: string, path: string): RE2JS {
  if (pattern.length > PATTERN_LENGTH) throw new CaducusError('CAD013', { path }, `pattern longer than ${PATTERN_LENGTH} characters`);
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new CaducusError('CAD013', { path }, `not a pattern: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

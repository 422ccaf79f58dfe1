import { compileLinear } from '../../base/pattern.ts';
import { CaducusError } from '../../errors.ts';
import type { TokenTest } from './scanner.ts';

/** Characters a rule may have: a pattern longer than this is a mistake or an attack. */
const PATTERN_LENGTH = 500;
/** Answers that are remembered: the words of a log come again and again. */
const MAX_ANSWERS = 10_000;

/**
 * One test out of users' patterns: true for a token that any of them matches whole. Patterns run in linear time, so
 * none can hang the process. Undefined when there are none, which spares the scanner the question.
 *
 * Throws CAD013 for a pattern that cannot be compiled; `path` names the option it stands in.
 */
export function tokenRules(patterns: readonly string[], path: string): TokenTest | undefined {
  if (patterns.length === 0) return undefined;
  patterns.forEach((pattern, i) => {
    const fault = patternFault(pattern);
    if (fault !== null) throw new CaducusError('CAD013', { path: `${path}[${i}]` }, fault);
  });
  const rules = patterns.map((pattern) => compileLinear(pattern, { whole: true }));
  const answers = new Map<string, boolean>();
  return (token) => {
    const known = answers.get(token);
    if (known !== undefined) return known;
    const answer = rules.some((rule) => rule(token));
    if (answers.size >= MAX_ANSWERS) answers.clear();
    answers.set(token, answer);
    return answer;
  };
}

/** What is wrong with a pattern in RE2 syntax, in words; null when nothing is. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > PATTERN_LENGTH) return `pattern longer than ${PATTERN_LENGTH} characters`;
  try {
    compileLinear(pattern);
    return null;
  } catch (cause) {
    return `not a pattern in RE2 syntax: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

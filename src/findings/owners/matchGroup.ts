import { compileMatcher, type Matcher } from '../../base/pattern.ts';

/** Patterns of options, compiled once: there are as many as a person has written. */
const compiled = new Map<string, Matcher>();

/** Whether a group's name fits a pattern of the options. */
export function matchGroup(pattern: string, group: string): boolean {
  const known = compiled.get(pattern) ?? compileMatcher(pattern);
  compiled.set(pattern, known);
  return known(group);
}

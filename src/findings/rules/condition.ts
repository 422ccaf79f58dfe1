import type { Blip, Finding, Severity } from '../../signal.ts';
import { compileChecks, matcherOrAny } from './checks.ts';
import type { Rule } from './options.ts';

/** A rule that can be asked. One of the four questions is there, of one that says what to expect none. */
export interface Condition {
  rule: Rule;
  /** Whether it holds for a pattern in a window. */
  blip?(blip: Blip): boolean;
  /** Whether it holds for a finding of a safeguard that is firing. */
  finding?(finding: Finding): boolean;
  /** The share of unread lines that it asks for, and of which groups. */
  unread?: { share: number; group(name: string): boolean };
  /** Whether the silence of a group is its business. */
  quiet?(group: string): boolean;
}

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** Compiles a rule. Patterns are in RE2 syntax and take time linear in the text. */
export function compileCondition(rule: Rule): Condition {
  const { when } = rule;
  if (rule.expect !== undefined) return { rule };
  if (when.unread !== undefined) return { rule, unread: { share: when.unread, group: matcherOrAny(when.group) } };
  if (when.noData) return { rule, quiet: matcherOrAny(when.group) };
  if (when.finding !== undefined) {
    const [group, text] = [matcherOrAny(when.group), matcherOrAny(when.pattern)];
    const types: readonly string[] = Array.isArray(when.finding) ? when.finding : [when.finding];
    const least = rank[when.minSeverity ?? 'info'];
    return {
      rule,
      finding: ({ type, severity, group_id: id, title }) => types.includes(type) && rank[severity] >= least && group(id) && text(title),
    };
  }
  const checks = compileChecks(when);
  return { rule, blip: (blip) => checks.every(({ holds }) => holds(blip)) };
}

import { rankLevel } from '../../memory/judge/levelRank.ts';
import { compileMatcher } from '../../base/pattern.ts';
import type { Blip, Finding, Severity } from '../../signal.ts';
import type { Rule } from './options.ts';

/** A rule that can be asked. Exactly one of the three questions is there. */
export interface Condition {
  rule: Rule;
  /** Whether it holds for a pattern in a window. */
  blip?(blip: Blip): boolean;
  /** Whether it holds for a finding of a safeguard that is firing. */
  finding?(finding: Finding): boolean;
  /** Whether the silence of a group is its business. */
  quiet?(group: string): boolean;
}

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };
const any = () => true;
const list = <T>(value: T | T[] | undefined): T[] | null => (value === undefined ? null : Array.isArray(value) ? value : [value]);

/** While a group is learned everything in it is new: then novelty is shown, and is no reason to wake anybody. */
export const isLearning = ({ why, state }: Blip): boolean => why.learning !== undefined && (state === 'new' || state === 'returning');

/** Compiles a rule. Patterns are in RE2 syntax and take time linear in the text. */
export function compileCondition(rule: Rule): Condition {
  const { when } = rule;
  const group = when.group === undefined ? any : compileMatcher(when.group);
  const text = when.pattern === undefined ? any : compileMatcher(when.pattern);
  if (when.noData) return { rule, quiet: group };
  const types = list(when.finding);
  if (types) {
    const least = rank[when.minSeverity ?? 'info'];
    return {
      rule,
      finding: (finding) =>
        (types as string[]).includes(finding.type) && rank[finding.severity] >= least && group(finding.group_id) && text(finding.title),
    };
  }
  const states = list(when.state);
  const level = when.minLevel === undefined ? -1 : rankLevel(when.minLevel);
  const { minScore = 0, minCount = 0 } = when;
  return {
    rule,
    blip: (blip) =>
      blip.score >= minScore &&
      blip.count >= minCount &&
      (states === null || (states.includes(blip.state) && !isLearning(blip))) &&
      rankLevel(blip.level ?? undefined) >= level &&
      group(blip.group_id) &&
      (when.pattern === undefined || text(blip.label) || blip.exemplars.some((exemplar) => text(exemplar.text))),
  };
}

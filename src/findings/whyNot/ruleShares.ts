import type { Mark } from '../../signal.ts';
import type { SinkDecision } from './decision.ts';

/** What people thought of the messages of a rule. */
export interface RuleShare {
  rule: string;
  /** Messages that began something. */
  sent: number;
  useful: number;
  useless: number;
}

/** How many of the messages of each rule were called useful, and useless, the last word on each counting; the most messages first. */
export function countShares(decisions: readonly SinkDecision[], marks: readonly Mark[]): RuleShare[] {
  const rules = new Map<string, RuleShare>();
  const ruleById = new Map<string, string>();
  const of = (rule: string): RuleShare => {
    const known = rules.get(rule) ?? { rule, sent: 0, useful: 0, useless: 0 };
    rules.set(rule, known);
    return known;
  };
  for (const { kind, id, rule, why } of decisions) {
    ruleById.set(id, rule);
    if (kind === 'sent' && why === 'opened') of(rule).sent += 1;
  }
  const words = new Map<string, 'useful' | 'useless'>();
  for (const { type, target } of marks.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))))
    if (type === 'useful' || type === 'useless') words.set(target, type);
  for (const [id, word] of words) {
    const rule = ruleById.get(id);
    if (rule !== undefined) of(rule)[word] += 1;
  }
  return [...rules.values()].toSorted((a, b) => b.sent - a.sent || (a.rule < b.rule ? -1 : 1));
}

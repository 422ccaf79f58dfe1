import { digest } from '../../base/digest.ts';
import { isoOf } from '../../event.ts';
import type { RuleResult } from '../../results/ruleResult.ts';
import type { Blip, FindingState, RuleFinding } from '../../signal.ts';
import { makeFinding } from '../makeFinding.ts';
import type { Rule } from './options.ts';

/** One thing a rule holds for: a finding from its first sign to its end. Plain data; times are milliseconds. */
export interface OpenFinding {
  id: string;
  rule: string;
  /** What it is about, with the rule the key it is held by: group and topic, a group, or a finding. */
  subject: string;
  kind: 'pattern' | 'quiet' | 'finding';
  group: string;
  topic: string | null;
  /** Absent where it was opened before patterns were by template. */
  template?: string | null;
  title: string;
  /** Since when it holds, exactly. */
  since: number;
  firing: boolean;
  /** When it was last told on its own account; null before the first time. */
  told: number | null;
  repeats: number;
  /** Clear evaluations in a row. */
  clear: number;
  /** Length of the windows it is judged by, and the end of the last one it held in. */
  width: number;
  held: number;
  /** Since when its group is silent although it usually is not; null while data comes. */
  blind: number | null;
  /** The alerts a pattern is about, if it is about alerts: they last until they are resolved. */
  alerts: string[];
  result: RuleResult;
}

export const findingKey = (rule: string, subject: string): string => `${rule}\0${subject}`;
export const blipSubject = ({ group_id: group, template_id: template }: Blip): string => `${group}\0${template}`;
/** The subject of findings that were opened by topic: they stand for all its templates. */
export const topicSubject = ({ group_id: group, topic_id: topic }: Blip): string => `${group}\0${topic}`;

type Given = Pick<OpenFinding, 'kind' | 'group' | 'topic' | 'template' | 'title' | 'since' | 'result'> & {
  subject: string;
  period: number;
  width?: number;
};

/** An open finding as it begins. Its id is the hash of rule, subject and period: the same trouble is the same finding. */
export function startFinding(rule: Rule, { subject, period, width = 0, ...given }: Given): OpenFinding {
  return {
    ...given,
    id: digest(`rule\0${rule.name}\0${subject}\0${period}`),
    rule: rule.name,
    subject,
    firing: false,
    told: null,
    repeats: 0,
    clear: 0,
    width,
    held: 0,
    blind: null,
    alerts: [],
  };
}

/** What a finding says of the pattern in a window. */
export function describePattern(blip: Blip): RuleResult {
  const { state, level, count, usual, score, start, end, open, pattern, total, why } = blip;
  const [first] = blip.exemplars;
  return {
    value: count,
    usual,
    state,
    level,
    score,
    start,
    end,
    open,
    pattern,
    total,
    ...(first ? { example: first.text.slice(0, 500) } : {}),
    why,
  };
}

/** The finding as it is emitted. */
export function describeFinding(one: OpenFinding, rule: Rule, state: FindingState, now: number, clearAfter: number): RuleFinding {
  return makeFinding({
    id: one.id,
    rule: one.rule,
    type: 'rule',
    state,
    severity: rule.severity,
    group: one.group,
    topic: one.topic,
    template: one.template ?? null,
    title: one.title,
    since: one.since,
    updated: Math.max(one.since, now),
    result: {
      ...one.result,
      ...(rule.for === undefined ? {} : { for_ms: rule.for }),
      clear_windows: one.clear,
      clear_needed: clearAfter,
      ...(one.repeats > 0 ? { repeats: one.repeats } : {}),
      ...(one.blind === null ? {} : { no_data_since: isoOf(one.blind) }),
    },
  });
}

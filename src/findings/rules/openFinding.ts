import { digest } from '../../base/digest.ts';
import { toIso } from '../../event.ts';
import type { RuleResult } from '../../results/ruleResult.ts';
import type { Blip, FindingState, RuleFinding, Severity } from '../../signal.ts';
import { judgeCourse } from '../course.ts';
import { makeFinding } from '../makeFinding.ts';
import type { Extent } from './extent.ts';

export type FindingKind = 'pattern' | 'flood' | 'quiet' | 'finding' | 'job' | 'unread';

/**
 * One thing that rules hold for, from its first sign to its end, whichever of them it is reported by. Plain data; times are
 * milliseconds.
 */
export interface OpenFinding {
  id: string;
  kind: FindingKind;
  /** What it is about: group and topic, a group, or a finding. */
  subject: string;
  /** The rule that reports it: the first, then whichever makes it graver. */
  rule: string;
  severity: Severity;
  /** Since when each rule holds that held the last time it was looked at. */
  holds: [rule: string, since: number][];
  group: string;
  topic: string | null;
  /** Absent where it was opened before patterns were by template. */
  template?: string | null;
  title: string;
  /** Since when it holds, exactly. */
  since: number;
  firing: boolean;
  /** When it was last emitted on its own account; null before the first time. */
  emitted: number | null;
  repeats: number;
  /** Clear evaluations in a row. */
  clear: number;
  /** Length of the windows it is judged by, and the end of the last one it was on in. */
  width: number;
  held: number;
  /** Where it began, known from its first closed window: it is on while the count is beyond. */
  extent: Extent | null;
  /** Since when its group is silent although it usually is not; null while data comes. */
  blind: number | null;
  /** The alerts a pattern is about, if it is about alerts: they last until they are resolved. */
  alerts: string[];
  /** It was on before there was anything to compare with. */
  already_on: boolean;
  /** The rule was changed since it was opened, and has not been found to hold for it as it is now. */
  recheck?: boolean;
  /** Why it ends although the thing goes on. */
  ended?: string;
  result: RuleResult;
}

/** What an open finding is held by: what it is about, not which rule reports it. */
export const findingKey = ({ kind, subject }: Pick<OpenFinding, 'kind' | 'subject'>): string => `${kind}\0${subject}`;
/**
 * What findings about this pattern can be about: its template; its topic, of those that were opened when findings were by
 * topic and stand for all of it; and the patterns that have turned out to be this one.
 */
export const listSubjects = ({ group_id: group, template_id: template, topic_id: topic, merged = [] }: Blip): string[] =>
  [template, topic, ...merged].map((id) => `${group}\0${id}`);

type Given = Pick<OpenFinding, 'kind' | 'subject' | 'group' | 'topic' | 'template' | 'title' | 'since' | 'result'> & {
  period: number;
  width?: number;
};

/** An open finding as it begins. Its id is the hash of what it is about and when: the same trouble is the same finding. */
export function startFinding(rule: { name: string; severity: Severity }, { period, width = 0, ...given }: Given): OpenFinding {
  return {
    ...given,
    id: digest(`rule\0${given.kind}\0${given.subject}\0${period}`),
    rule: rule.name,
    severity: rule.severity,
    holds: [],
    firing: false,
    emitted: null,
    repeats: 0,
    clear: 0,
    width,
    held: 0,
    extent: null,
    blind: null,
    alerts: [],
    already_on: false,
  };
}

/** What a finding holds of the pattern in a window. */
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
    ...describeLines(blip),
    ...describeCourse(blip),
    ...(blip.fields ? { fields: blip.fields } : {}),
    why,
    ...(blip.settling === undefined ? {} : { settling: blip.settling }),
  };
}

/** Its first line and its latest, so far as they are kept. */
function describeLines({ exemplars, group_id: group }: Blip): Pick<RuleResult, 'lines'> {
  const ends = exemplars.length > 1 ? [exemplars[0]!, exemplars.at(-1)!] : exemplars;
  const lines = ends.map(({ timestamp, text }) => ({ at: timestamp, group_id: group, text: text.slice(0, 500) }));
  return lines.length > 0 ? { lines } : {};
}

function describeCourse({ open, trend }: Blip): Pick<RuleResult, 'course'> {
  const course = open ? null : judgeCourse(trend.at(-2), trend.at(-1) ?? 0);
  return course === null ? {} : { course };
}

/** The finding as it is emitted. `wait` is how long its rule must hold, milliseconds. */
export function describeFinding(
  one: OpenFinding,
  state: FindingState,
  { now, wait, clearAfter }: { now: number; wait: number | undefined; clearAfter: number },
): RuleFinding {
  return makeFinding({
    id: one.id,
    rule: one.rule,
    type: 'rule',
    state,
    severity: one.severity,
    group: one.group,
    topic: one.topic,
    template: one.template ?? null,
    title: one.title,
    since: one.since,
    updated: Math.max(one.since, now),
    result: {
      ...one.result,
      ...(wait === undefined ? {} : { for_ms: wait }),
      clear_windows: one.clear,
      clear_needed: clearAfter,
      ...(one.extent === null ? {} : { [one.extent.side === 'above' ? 'clear_below' : 'clear_above']: one.extent.level }),
      ...(one.already_on ? { already_on: true } : {}),
      ...(one.repeats > 0 ? { repeats: one.repeats } : {}),
      ...(one.blind === null ? {} : { no_data_since: toIso(one.blind) }),
      ...(one.ended === undefined ? {} : { ended: one.ended }),
    },
  });
}

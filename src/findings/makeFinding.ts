import { toIso } from '../event.ts';
import type { Standing } from '../results/standing.ts';
import type { Finding, FindingState, FindingType, Severity } from '../signal.ts';

export type FindingOfType<T extends FindingType> = Extract<Finding, { type: T }>;

/** What a finding is made from; times in milliseconds since 1970. */
export interface FindingParts<T extends FindingType> {
  id: string;
  rule: string;
  type: T;
  state: FindingState;
  severity: Severity;
  group: string;
  /** The pattern it is about, if it is about one. */
  topic?: string | null;
  template?: string | null;
  title: string;
  since: number;
  updated: number;
  result: FindingOfType<T>['result'];
}

/** The one way in which findings are made, whoever finds: the same fields in the same order. */
export function makeFinding<T extends FindingType>(parts: FindingParts<T>): FindingOfType<T> {
  const { id, rule, type, state, severity, group, topic = null, template = null, title, since, updated, result } = parts;
  const finding = {
    id,
    rule,
    type,
    state,
    severity,
    group_id: group,
    ...(topic === null ? {} : { topic_id: topic }),
    ...(template === null ? {} : { template_id: template }),
    title,
    since: toIso(since),
    updated: toIso(updated),
    result,
  };
  // A type parameter does not tell the compiler that `type` and `result` are of one member of the union.
  return finding as unknown as FindingOfType<T>;
}

/** The finding with more standing beside its numbers. */
export const withStanding = <F extends Finding>(finding: F, more: Standing): F => ({ ...finding, result: { ...finding.result, ...more } });

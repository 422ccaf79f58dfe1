import { compileMatcher, type Matcher } from '../../base/pattern.ts';
import type { Finding, Mark } from '../../signal.ts';
import { listGroups, noContacts, readLabels } from '../owners/contacts.ts';
import { makeDeadlines } from '../schedules/deadlines.ts';

/** When a silence that comes again and again is in force. */
export interface Maintenance {
  /** The end of the window that holds a time, milliseconds; null outside of one. */
  until(now: number): number | null;
  /** When the next window begins or ends after a time. */
  edge(now: number): number;
}

/** The windows of a mark with a schedule, each as long as it says. */
export function makeMaintenance({ every, minutes, zone, lasts_ms: lasts }: NonNullable<Mark['schedule']>): Maintenance {
  const next = makeDeadlines({ every, minutes, zone });
  // The first that begins later than so long ago has not ended yet, if it has begun.
  const until = (now: number): number | null => {
    const begin = next(now - lasts);
    return begin <= now ? begin + lasts : null;
  };
  return { until, edge: (now) => until(now) ?? next(now) };
}

/**
 * Whether a silence by groups and labels is about a finding: an episode when it is about all of its groups. Labels are those
 * of its lines (version, namespace, team ...), its group, rule and type.
 */
export function makeSilenceMatcher({ group, labels = {} }: NonNullable<Mark['match']>): (finding: Finding) => boolean {
  const isGroup: Matcher = group === undefined ? () => true : compileMatcher(group);
  const wanted = Object.entries(labels);
  return (finding) => {
    const found = wanted.length === 0 ? {} : readLabels(noContacts, finding);
    return listGroups(finding).every(isGroup) && wanted.every(([name, value]) => found[name] === value);
  };
}

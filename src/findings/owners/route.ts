import { z } from 'zod';
import { pattern } from '../../base/pattern.ts';
import { createZone } from '../../base/zone.ts';
import type { Finding, Severity } from '../../signal.ts';
import { matchGroup } from './matchGroup.ts';
import { listGroups, readLabels, type Contacts } from './contacts.ts';

const severities = z.enum(['info', 'warning', 'critical']);
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

const zone = z.string().refine(
  (name) => {
    try {
      createZone(name);
      return true;
    } catch {
      return false;
    }
  },
  { error: 'expected a time zone such as Europe/Berlin' },
);

/** Which findings a route takes: all that is named must hold. */
export const routeWhen = z.strictObject({
  labels: z
    .record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]))
    .optional()
    .describe(
      'Labels of the group that moved first: team and tier of the catalog, its labels, fields such as namespace; one value or several.',
    ),
  group: pattern.optional().describe('Groups by name (RE2 syntax, found anywhere in it).'),
  severity: z
    .union([severities, z.array(severities).min(1)])
    .optional()
    .describe('Severities, one or several.'),
  between: z
    .string()
    .regex(timeOfDay, 'expected a time of day such as 22:00-07:00')
    .optional()
    .describe('Time of day, half open; it may pass midnight.'),
  days: z.array(z.enum(days)).min(1).optional().describe('Days of the week on which that time begins.'),
  zone: zone.default('UTC').describe('Time zone of that time.'),
});
export type RouteWhen = z.output<typeof routeWhen>;

export type RouteMatch =
  /** What moved first is theirs: it calls them. */
  | 'page'
  /** It is in the episode, and moved later: a note. */
  | 'note';

/** Whether a route takes a finding, and as what; else the first condition that does not hold. */
export function matchRoute(when: RouteWhen, finding: Finding, contacts: Contacts): { match: RouteMatch } | { stop: string } {
  const stop = findStop(when, finding, contacts, finding.group_id);
  if (stop === null) return { match: 'page' };
  // Who has another group of the episode gets to know, and nobody but them: a route of all groups has no others.
  const isOthers = listGroups(finding)
    .slice(1)
    .some((group) => findStop(when, finding, contacts, group) === null);
  return isOthers ? { match: 'note' } : { stop };
}

function findStop(when: RouteWhen, finding: Finding, contacts: Contacts, group: string): string | null {
  const labels = readLabels(contacts, finding, group);
  for (const [name, wanted] of Object.entries(when.labels ?? {})) {
    const has = Object.hasOwn(labels, name) ? labels[name] : undefined;
    if (![wanted].flat().includes(has ?? '')) return `${name} is ${has ?? 'not known'}, not ${[wanted].flat().join(' or ')}`;
  }
  if (when.group !== undefined && !matchGroup(when.group, group)) return `the group is ${group}`;
  const wanted: Severity[] | null = when.severity === undefined ? null : [when.severity].flat();
  if (wanted && !wanted.includes(finding.severity)) return `severity is ${finding.severity}, not ${wanted.join(' or ')}`;
  return isOpenAt(when, Date.parse(finding.updated)) ? null : `it is not ${when.between ?? (when.days ?? []).join()} in ${when.zone}`;
}

/** Whether a time of day, and of the week, has come at a time in milliseconds. */
export function isOpenAt({ between, days: on, zone: name }: Pick<RouteWhen, 'between' | 'days' | 'zone'>, time: number): boolean {
  if (between === undefined && on === undefined) return true;
  const local = new Date(time + createZone(name).offsetAt(time));
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const [, ...parts] = timeOfDay.exec(between ?? '00:00-00:00')!;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  const [from, to] = [a * 60 + b, c * 60 + d];
  const begins = (back: number) => on === undefined || on.includes(days[(local.getUTCDay() + 6 - back) % 7]!);
  if (from < to) return minute >= from && minute < to && begins(0);
  // Past midnight it is still the night of the day before.
  return minute >= from ? begins(0) : minute < to && begins(1);
}

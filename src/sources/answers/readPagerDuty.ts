import { digest } from '../../base/digest.ts';
import { textAt } from '../../base/textAt.ts';
import type { Mark } from '../../signal.ts';

/** Which finding each incident is about, by the id that PagerDuty gives it: notes name only that. */
export type Incidents = ReadonlyMap<string, string>;

/** What a webhook of PagerDuty says: a mark, an incident to remember, or why it is neither. */
export interface PagerDutyWord {
  mark: Mark | null;
  incident: { id: string; finding: string } | null;
  why: string | null;
}

/** A key of ours names the finding, and behind it the severity for which it called anew. */
const ours = /^caducus-([a-z0-9]+?)(?:-(?:info|warning|critical))?$/;

/**
 * Reads a v3 webhook (a body of `{ event }`): what a person did there with an incident of ours. What an integration did, we
 * ourselves among them, says nothing new.
 */
export function readPagerDuty(body: unknown, incidents: Incidents): PagerDutyWord {
  const at = (...names: string[]) => textAt(body, ['event', ...names]);
  const type = at('event_type') ?? '';
  const id = at('data', 'incident', 'id') ?? at('data', 'id') ?? '';
  const key = at('data', 'incident_key') ?? at('data', 'incident', 'incident_key') ?? '';
  const finding = ours.exec(key)?.[1] ?? incidents.get(id) ?? null;
  if (finding === null) return { mark: null, incident: null, why: `${type || 'a body without event_type'}: no incident of ours` };
  const incident = ours.test(key) && id !== '' ? { id, finding } : null;
  const isPerson = at('agent', 'type') === 'user_reference';
  const answer = isPerson ? readWord(type, at) : null;
  if (!answer) return { mark: null, incident, why: isPerson ? `${type} says nothing of a finding` : `${type} by no person` };
  const mark: Mark = {
    id: digest(`pagerduty\0${at('id') ?? JSON.stringify(body)}`, 12),
    type: answer.type,
    target: finding,
    who: (at('agent', 'summary') ?? at('agent', 'id') ?? 'somebody').slice(0, 200),
    at: at('occurred_at') ?? '',
    ...(answer.until === undefined ? {} : { until: answer.until }),
    ...(answer.text === undefined ? {} : { text: answer.text.slice(0, 4000) }),
    via: 'pagerduty',
  };
  return { mark, incident, why: null };
}

type At = (...names: string[]) => string | undefined;

function readWord(type: string, at: At): Pick<Mark, 'type' | 'until' | 'text'> | null {
  const occurred = at('occurred_at');
  switch (type) {
    case 'incident.acknowledged': {
      // Snoozed: PagerDuty takes the acknowledgement back at that time.
      const until = at('data', 'pending_actions', '0', 'type') === 'unacknowledge' ? at('data', 'pending_actions', '0', 'at') : undefined;
      return { type: 'ack', ...(until === undefined ? {} : { until }) };
    }
    case 'incident.unacknowledged':
    case 'incident.reopened':
      return occurred === undefined ? null : { type: 'ack', until: occurred };
    case 'incident.resolved':
      return { type: 'resolve' };
    case 'incident.annotated': {
      const text = at('data', 'content');
      return text === undefined ? null : { type: 'note', text };
    }
    case 'incident.status_update_published': {
      const text = at('data', 'message');
      return text === undefined ? null : { type: 'note', text };
    }
    default:
      return null;
  }
}

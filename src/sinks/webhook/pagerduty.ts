import { fieldAt } from '../../../config/scalars.ts';
import type { Finding } from '../../signal.ts';
import { phone } from '../../views/finding/phone.ts';
import { plainVerdict, readState, type Receiver } from './receiver.ts';

/** Limits of the Events API: longer summaries are cut by it, larger bodies (512 kB) refused. */
const summaryLength = 1024;
const detailBytes = 100_000;

const actions = { pending: 'trigger', firing: 'trigger', acked: 'acknowledge', resolved: 'resolve' } as const;

/** PagerDuty Events v2. The finding's id is the dedup key: trigger, acknowledge and resolve speak of one incident. */
export function pagerDuty({
  routingKey,
  url = 'https://events.pagerduty.com/v2/enqueue',
}: {
  routingKey: string;
  url?: string | undefined;
}): Receiver {
  return {
    said: readState,
    minor: () => false,
    call(finding) {
      const event_action = actions[finding.state];
      const event = { routing_key: routingKey, event_action, dedup_key: `caducus-${finding.id}` };
      const body =
        event_action === 'trigger' ? { ...event, client: 'caducus', payload: payload(finding), links: listLinks(finding) } : event;
      return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    },
    verdict: plainVerdict,
    endsWhatBegan: true,
  };
}

function payload(finding: Finding) {
  const details = JSON.stringify(finding.result).length > detailBytes ? { note: 'too large; see caducus explain' } : finding.result;
  return {
    summary: phone(finding).join(' ').slice(0, summaryLength),
    source: finding.group_id,
    severity: finding.severity,
    timestamp: finding.since,
    component: finding.topic_id ?? finding.group_id,
    group: finding.group_id,
    class: finding.type,
    custom_details: details,
  };
}

/** Links of notes on earlier episodes, where there are some. */
function listLinks({ result }: Finding): { href: string; text: string }[] {
  const past = fieldAt(result, 'seen_before');
  if (!Array.isArray(past)) return [];
  return past.flatMap((one: unknown) => {
    const href = fieldAt(one, 'link');
    return typeof href === 'string' && /^https?:\/\//.test(href) ? [{ href, text: String(fieldAt(one, 'note') ?? href) }] : [];
  });
}

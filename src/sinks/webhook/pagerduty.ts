import type { Json, JsonObject } from '../../event.ts';
import type { Finding, Severity } from '../../signal.ts';
import { writeTitle, type Message } from '../../views/message/message.ts';
import { messageText } from '../../views/message/messageText.ts';
import { beginning } from '../../base/beginning.ts';
import type { MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Receiver } from './receiver.ts';
import { wholeJson } from './wholeJson.ts';

/** Limits of the Events API: longer summaries are cut by it, larger bodies (512 kB) refused. */
const limits = { summary: 1024, source: 255, field: 255, details: 100_000, href: 2000, links: 20 };

/** What is on at PagerDuty: the keys of its incidents, the last of which stands for the finding now, and how grave it was. */
interface Incidents {
  keys: readonly string[];
  severity: Severity | null;
  acked: boolean;
  over: number;
}

const severities: readonly Severity[] = ['info', 'warning', 'critical'];

/**
 * PagerDuty Events v2. The finding's id is the dedup key: trigger, acknowledge and resolve are of one incident. When it
 * becomes graver after somebody has acknowledged it, an incident of its own says so: one that is acknowledged calls nobody.
 */
export function pagerDuty({
  routingKey,
  message,
  url = 'https://events.pagerduty.com/v2/enqueue',
}: {
  routingKey: string;
  message: MakeMessage;
  url?: string | undefined;
}): Receiver<HttpCall> {
  const send = (event: JsonObject) => ({
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/json' },
    body: wholeJson({ routing_key: routingKey, ...event }),
  });
  return {
    content: readState,
    minor: () => false,
    call(finding, last) {
      const known = readIncidents(finding, last?.ref ?? null, last !== null);
      const key = keyFor(finding, known);
      if (finding.state === 'resolved') return send({ event_action: 'resolve', dedup_key: known.keys[known.over] ?? key });
      if (finding.state === 'acked' && !known.keys.includes(key)) return trigger(finding);
      if (finding.state !== 'acked') return trigger(finding);
      // Whoever acknowledged it there need not get it from here.
      return finding.result.acked?.via === 'pagerduty' ? null : send({ event_action: 'acknowledge', dedup_key: key });

      function trigger(one: Finding) {
        const made = message(one, last);
        // Half an address leads nowhere.
        const links = made.links.filter(({ href }) => href.length <= limits.href).slice(0, limits.links);
        const [home] = links;
        return send({
          event_action: 'trigger',
          dedup_key: key,
          client: 'caducus',
          ...(home && { client_url: home.href }),
          payload: payload(one, made),
          links: links.map(({ name, href }) => ({ href, text: name })),
        });
      }
    },
    verdict: plainVerdict,
    keep(finding, last) {
      const known = readIncidents(finding, last?.ref ?? null, last !== null);
      const key = keyFor(finding, known);
      const isAcked = finding.state === 'acked' && known.keys.includes(key);
      return {
        keys: known.keys.includes(key) ? [...known.keys] : [...known.keys, key],
        severity: finding.severity,
        acked: isAcked,
        over: finding.state === 'resolved' ? known.over + 1 : 0,
      };
    },
    // All that were begun are ended.
    isPart: (finding, last) => {
      const known = readIncidents(finding, last?.ref ?? null, last !== null);
      return finding.state === 'resolved' && known.over < known.keys.length - 1;
    },
    endsWhatBegan: true,
  };
}

/** What an earlier message left; one of an older release says only that there is an incident. */
function readIncidents({ id }: Finding, ref: Json, wasSent: boolean): Incidents {
  const first = `caducus-${id}`;
  if (ref === null || typeof ref !== 'object' || Array.isArray(ref))
    return { keys: wasSent ? [first] : [], severity: null, acked: false, over: 0 };
  const { keys, severity, acked, over } = ref;
  return {
    keys: Array.isArray(keys) ? keys.map(String) : [first],
    severity: (severity as Severity | undefined) ?? null,
    acked: acked === true,
    over: typeof over === 'number' ? over : 0,
  };
}

/** The incident that stands for a finding: a further one where it has become graver since somebody acknowledged it. */
function keyFor({ id, severity, state }: Finding, { keys, severity: before, acked }: Incidents): string {
  const current = keys.at(-1) ?? `caducus-${id}`;
  const isGraver = before !== null && severities.indexOf(severity) > severities.indexOf(before);
  return acked && isGraver && state !== 'resolved' ? `caducus-${id}-${severity}` : current;
}

function payload(finding: Finding, made: Message): JsonObject {
  const text = messageText({ ...made, links: [] });
  const details = JSON.stringify(finding.result).length > limits.details ? { note: 'too large; see caducus explain' } : finding.result;
  return {
    summary: cutTo([writeTitle(made), ...text.slice(1)].join(' | '), limits.summary),
    // An event without a source is refused.
    source: cutTo(finding.group_id, limits.source) || 'caducus',
    severity: finding.severity,
    timestamp: finding.since,
    component: cutTo(finding.topic_id ?? finding.group_id, limits.field),
    group: cutTo(finding.group_id, limits.field),
    class: finding.type,
    custom_details: { ...(details as JsonObject), text: text.join('\n') },
  };
}

const cutTo = (text: string, length: number): string => (text.length <= length ? text : beginning(text, length));

import { toIso, type Json, type JsonObject } from '../../event.ts';
import type { Finding } from '../../signal.ts';
import { messageText } from '../../views/message/messageText.ts';
import { beginning } from '../../base/beginning.ts';
import type { MakeMessage } from './message.ts';
import { type HttpCall, plainVerdict, readState, type Receiver } from './receiver.ts';
import { wholeJson } from './wholeJson.ts';

/** How long an alert is believed without news of it, and how often news is sent although nothing has changed; milliseconds. */
const believed = 24 * 3_600_000;
const refresh = 3_600_000;
/** Longest value of a label and of an annotation, longest name, and longest address, characters. */
const limits = { label: 200, annotation: 8000, name: 60, href: 2000 };

export interface AlertmanagerOptions {
  url: string;
  headers: Readonly<Record<string, string>>;
  message: MakeMessage;
  /** What the group of a finding is called by: they become labels. */
  labels(finding: Finding): Record<string, string>;
}

/**
 * Alertmanager (its API, v2). Labels tell alerts apart there: `caducus_id` names the finding, and silences by it, or by
 * `caducus_group`, come back as marks. When the severity changes, the alert of the earlier one ends with the same request.
 */
export function alertmanager({ url, headers, message, labels }: AlertmanagerOptions): Receiver<HttpCall> {
  const writeContent = (finding: Finding) =>
    finding.state === 'resolved' ? 'resolved' : `firing ${finding.severity} ${Math.floor(Date.parse(finding.updated) / refresh)}`;
  return {
    content: writeContent,
    minor: (finding, last) => last.state === readState(finding),
    call(finding, last) {
      const made = message(finding, last);
      const links = made.links.filter(({ href }) => href.length <= limits.href);
      const home = links.find(({ name }) => name === 'radar') ?? links[0];
      const text = messageText(made);
      const write = (severity: string, endsAt: string): JsonObject => ({
        labels: {
          ...tidyLabels(labels(finding)),
          alertname: tidy(`${finding.type === 'rule' ? finding.rule : finding.type}`, limits.label),
          severity,
          caducus_id: finding.id,
          caducus_group: tidy(finding.group_id, limits.label),
        },
        annotations: {
          summary: tidy(text[0]!, limits.annotation),
          description: tidy(text.slice(1).join('\n'), limits.annotation),
          ...Object.fromEntries(links.map(({ name, href }) => [`${tidyName(name)}_url`, href])),
        },
        startsAt: finding.since,
        endsAt,
        ...(home && { generatorURL: home.href }),
      });
      const before = severityIn(last?.ref ?? null);
      const end = finding.state === 'resolved' ? finding.updated : toIso(Date.parse(finding.updated) + believed);
      const alerts = [
        ...(before !== null && before !== finding.severity ? [write(before, finding.updated)] : []),
        write(finding.severity, end),
      ];
      return {
        method: 'POST',
        url: `${url.replace(/\/+$/, '')}/api/v2/alerts`,
        headers: { 'content-type': 'application/json', ...headers },
        body: wholeJson(alerts),
      };
    },
    verdict: plainVerdict,
    keep: ({ severity }) => ({ severity }),
    endsWhatBegan: true,
  };
}

const severityIn = (ref: Json): string | null =>
  ref !== null && typeof ref === 'object' && !Array.isArray(ref) && typeof ref['severity'] === 'string' ? ref['severity'] : null;

/** Never empty, which is no label. */
const tidy = (text: string, length: number): string => beginning(text, length) || '-';

/** Those that we give ourselves are not taken by others. */
function tidyLabels(given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => name !== '' && value !== '')
      .slice(0, 30)
      .map(([name, value]) => [tidyName(name), tidy(value, limits.label)]),
  );
}

/** Names of labels and of annotations are letters, digits and underscores, the first of them no digit. */
const tidyName = (name: string): string =>
  name
    .replaceAll(/\W/g, '_')
    .replace(/^(?=\d|$)/, '_')
    .slice(0, limits.name);

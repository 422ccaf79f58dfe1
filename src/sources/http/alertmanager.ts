import { issueText } from '../../../config/issueText.ts';
import { z } from 'zod';
import { isObject } from '../../base/isObject.ts';
import { toIso, type Json, type JsonObject, type Level } from '../../event.ts';
import { readSeverity } from '../../formats/messages/alertWords.ts';
import { isoTime } from '../../formats/time/isoTime.ts';
import type { EventSignal } from '../../signal.ts';
import { shortHash } from '../shortHash.ts';
import { arrivalTime, type Decode, type DecodeContext } from './decode.ts';

const labels = z.record(z.string(), z.coerce.string());

/** The webhook of Prometheus Alertmanager (version 4) and Grafana's, which is like it (1); fields that others add are let through. */
const payload = z
  .looseObject({
    version: z.preprocess((given) => (typeof given === 'number' ? String(given) : given), z.enum(['4', '1'])),
    /** That of the group, for alerts that name none. */
    status: z.enum(['firing', 'resolved']).optional(),
    receiver: z.string().default(''),
    groupKey: z.string().default(''),
    externalURL: z.string().default(''),
    truncatedAlerts: z.number().default(0),
    /** Only Grafana has organisations. */
    orgId: z.number().optional(),
    alerts: z
      .array(
        z.looseObject({
          status: z.enum(['firing', 'resolved']).optional(),
          labels,
          annotations: labels.nullish().transform((value) => value ?? {}),
          startsAt: z.string(),
          endsAt: z.string().default(''),
          generatorURL: z.string().default(''),
          fingerprint: z.string().default(''),
        }),
      )
      .max(10_000),
  })
  .transform(({ status: all = 'firing', ...data }) => ({
    ...data,
    alerts: data.alerts.map(({ status = all, ...alert }) => ({ ...alert, status })),
  }));
type Payload = z.output<typeof payload>;
type Alert = Payload['alerts'][number];

const severityNames = ['severity', 'level', 'priority', 'urgency'];

const find = (names: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined;

/** How bad an alert is in the words of its labels, or else of its annotations; undefined where it says nothing that we know. */
const findSeverity = ({ labels: own, annotations }: Alert): string | undefined =>
  [own, annotations]
    .flatMap((names) => severityNames.map((name) => find(names, name)))
    .find((word) => word !== undefined && readSeverity(word) !== null);

/** An alert without a severity that we know is still trouble. */
function levelIn(alert: Alert): Level {
  if (alert.status === 'resolved') return 'INFO';
  return readSeverity(findSeverity(alert)) ?? 'ERROR';
}

/** `DataNodeVolumeFailed dn2, critical: volume /data/3 failed` */
function sentence(alert: Alert): string {
  const label = (name: string) => find(alert.labels, name);
  // Grafana says by `Error` why a rule could not be looked at, and by `rulename` which.
  const what = ['summary', 'message', 'description', 'title', 'Error'].map((name) => find(alert.annotations, name)).find(Boolean);
  const about = ['instance', 'pod', 'host', 'rulename'].map(label).find(Boolean);
  const word = findSeverity(alert) ?? severityNames.map(label).find(Boolean) ?? 'firing';
  const head = `${[label('alertname') ?? 'alert', about].filter(Boolean).join(' ')}, ${alert.status === 'resolved' ? 'resolved' : word}`;
  return what === undefined ? head : `${head}: ${what}`;
}

/** Word of the end of an alert is sent at once and repeated for a quarter of an hour: an end long past is that of an old message. */
const endsBelieved = 3_600_000;

/** What Prometheus itself posts to an Alertmanager: a list of alerts, each of which ends when its time is over. */
const posted = z.array(z.looseObject({ labels, startsAt: z.string(), endsAt: z.string().default('') })).min(1);

function fromPrometheus(json: Json, now: number): unknown {
  const read = posted.safeParse(json);
  if (!read.success) return json;
  const isOver = (end: number) => end <= now && now - end < endsBelieved;
  const alerts = read.data.map((alert) => ({ ...alert, status: isOver(isoTime(alert.endsAt)) ? 'resolved' : 'firing' }));
  return { version: '4', alerts };
}

/**
 * The records of a webhook of Alertmanager or Grafana, or of what Prometheus posts; null for other JSON. One record an
 * alert: it is repeated as long as it lasts, and all repeats have one id, made of fingerprint, start and status. A resolved
 * alert is an INFO record that names the record it resolves. What the sender left out is a record too.
 */
export function alertGroupRecords(json: Json, context: DecodeContext): EventSignal[] | null {
  // Every record of a shipper is asked: what has no alerts is none, and costs nothing.
  if (!Array.isArray(json) && !(isObject(json) && Array.isArray(json['alerts']))) return null;
  const read = payload.safeParse(fromPrometheus(json, context.now));
  return read.success ? toRecords(read.data, context) : null;
}

/** Decodes the webhook of Alertmanager; anything else is refused with the place where it differs. */
export const alertmanager: Decode = async (body, context) => {
  const read = payload.safeParse(fromPrometheus(JSON.parse(body.toString('utf8')) as Json, context.now), { error: issueText });
  if (read.success) return { records: toRecords(read.data, context) };
  const [issue] = read.error.issues;
  return { refuse: `not a version 4 webhook of Alertmanager: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
};

function toRecords(data: Payload, context: DecodeContext): EventSignal[] {
  const alerts = data.alerts.filter(({ status }) => status === 'firing' || context.options.resolved === 'keep');
  context.uncounted('filtered', data.alerts.length - alerts.length);
  context.uncounted('left_out', data.truncatedAlerts);
  const records = alerts.map((alert) => toRecord(alert, data, context));
  return data.truncatedAlerts > 0 ? [...records, truncation(data, context)] : records;
}

const senderIn = ({ orgId }: Payload): string => (orgId === undefined ? 'alertmanager' : 'grafana');

/** Alerts beyond `max_alerts` are only counted by their sender. */
function truncation(data: Payload, { now, request }: DecodeContext): EventSignal {
  const source = senderIn(data);
  const text = `${data.truncatedAlerts} more alerts of this group were left out by the sender (max_alerts)`;
  const metadata: JsonObject = { level: 'WARN', receiver: data.receiver, group_key: data.groupKey };
  const event = { id: `${source}-truncated-${request}`, timestamp: toIso(now), source, group_id: `${source}:alerts`, text, metadata };
  return { kind: 'event', time: now, key: '', event };
}

function toRecord(alert: Alert, data: Payload, { options: { groupBy, allowedLateness }, now }: DecodeContext): EventSignal {
  const { receiver, groupKey, externalURL } = data;
  const source = senderIn(data);
  const { status, startsAt, endsAt, annotations, generatorURL } = alert;
  // Old versions send no fingerprint; it is a hash of the labels there, too.
  const fingerprint =
    alert.fingerprint ||
    shortHash(
      Object.entries(alert.labels)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flat(),
    );
  const makeId = (state: string) =>
    `${source === 'grafana' ? 'grafana' : 'am'}-${shortHash([fingerprint])}-${shortHash([startsAt], 8)}-${state}`;
  const time = arrivalTime(isoTime(status === 'resolved' ? endsAt : startsAt), now, allowedLateness);
  const group =
    groupBy
      .map((name) => (name === 'receiver' ? receiver : Object.hasOwn(alert.labels, name) ? alert.labels[name] : undefined))
      .find(Boolean) ?? 'alerts';
  const metadata: JsonObject = {
    level: levelIn(alert),
    alert: alert.labels.alertname || 'alert',
    status,
    fingerprint,
    starts_at: startsAt,
    labels: alert.labels,
    annotations,
    receiver,
    group_key: groupKey,
  };
  if (status === 'resolved') Object.assign(metadata, { ends_at: endsAt, resolves: makeId('firing') });
  if (generatorURL !== '') metadata.link = generatorURL;
  if (externalURL !== '') metadata[source] = externalURL;
  const event = {
    id: makeId(status),
    timestamp: toIso(time),
    source,
    group_id: `${source}:${group}`,
    text: sentence(alert),
    metadata,
  };
  return { kind: 'event', time, key: '', event };
}

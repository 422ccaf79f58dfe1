import { z } from 'zod';
import { isoOf, levelOf, type JsonObject, type Level } from '../../event.ts';
import { isoTime } from '../../formats/time/isoTime.ts';
import type { EventSignal } from '../../signal.ts';
import { shortHash } from '../shortHash.ts';
import { arrivalTime, type Decode } from './decode.ts';
import type { HttpOptions } from './options.ts';

const labels = z.record(z.string(), z.string());

/** The webhook of Prometheus Alertmanager, version 4; fields that newer versions add are let through. */
const payload = z.looseObject({
  version: z.literal('4'),
  receiver: z.string().default(''),
  groupKey: z.string().default(''),
  externalURL: z.string().default(''),
  truncatedAlerts: z.number().default(0),
  alerts: z
    .array(
      z.looseObject({
        status: z.enum(['firing', 'resolved']),
        labels,
        annotations: labels.default({}),
        startsAt: z.string(),
        endsAt: z.string().default(''),
        generatorURL: z.string().default(''),
        fingerprint: z.string().default(''),
      }),
    )
    .max(10_000),
});
type Payload = z.output<typeof payload>;
type Alert = Payload['alerts'][number];

const severityNames = ['severity', 'level', 'priority'];

/** An alert without a severity that we know is still trouble. */
function levelIn(alert: Alert): Level {
  if (alert.status === 'resolved') return 'INFO';
  for (const name of severityNames) {
    const level = Object.hasOwn(alert.labels, name) ? levelOf(alert.labels[name]) : null;
    if (level !== null) return level;
  }
  return 'ERROR';
}

/** `DataNodeVolumeFailed dn2, critical: volume /data/3 failed` */
function sentence(alert: Alert): string {
  const label = (name: string) => (Object.hasOwn(alert.labels, name) ? alert.labels[name] : undefined);
  const what = alert.annotations.summary ?? alert.annotations.message ?? alert.annotations.description;
  const subject = [label('alertname') ?? 'alert', label('instance') ?? label('pod') ?? label('host')].filter(Boolean).join(' ');
  const head = `${subject}, ${alert.status === 'resolved' ? 'resolved' : (severityNames.map(label).find(Boolean) ?? 'firing')}`;
  return what === undefined ? head : `${head}: ${what}`;
}

/**
 * One record an alert. Alertmanager repeats an alert as long as it lasts: all repeats have one id, made of fingerprint,
 * start and status. A resolved alert is an INFO record that names the record it resolves.
 */
export const alertmanager: Decode = async (body, { options, now }) => {
  const read = payload.safeParse(JSON.parse(body.toString('utf8')));
  if (!read.success)
    return {
      refuse: `not a version 4 webhook of Alertmanager: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}`,
    };
  const alerts = read.data.alerts.filter(({ status }) => status === 'firing' || options.resolved === 'keep');
  return { records: alerts.map((alert) => toRecord(alert, read.data, options, now)) };
};

function toRecord(
  alert: Alert,
  { receiver, groupKey, externalURL }: Payload,
  { groupBy, allowedLateness }: HttpOptions,
  now: number,
): EventSignal {
  const { status, startsAt, endsAt, annotations, generatorURL } = alert;
  // Old versions send no fingerprint; it is a hash of the labels there, too.
  const fingerprint =
    alert.fingerprint ||
    shortHash(
      Object.entries(alert.labels)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flat(),
    );
  const idOf = (state: string) => `am-${shortHash([fingerprint])}-${shortHash([startsAt], 8)}-${state}`;
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
  if (status === 'resolved') Object.assign(metadata, { ends_at: endsAt, resolves: idOf('firing') });
  if (generatorURL !== '') metadata.link = generatorURL;
  if (externalURL !== '') metadata.alertmanager = externalURL;
  const event = {
    id: idOf(status),
    timestamp: isoOf(time),
    source: 'alertmanager',
    group_id: `alertmanager:${group}`,
    text: sentence(alert),
    metadata,
  };
  return { kind: 'event', time, key: '', event };
}

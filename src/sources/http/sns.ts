import { issueText } from '../../../config/issueText.ts';
import { z } from 'zod';
import { toIso, type Json, type JsonObject } from '../../event.ts';
import { isoTime } from '../../formats/time/isoTime.ts';
import type { EventSignal } from '../../signal.ts';
import { unwrap } from '../../formats/messages/unwrap.ts';
import { messageMetadata } from '../messageMetadata.ts';
import { shortHash } from '../shortHash.ts';
import { arrivalTime, type Decode } from './decode.ts';
import { isSnsUrl, SnsVerifier } from './snsSignature.ts';

const message = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.string(),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z
    .string()
    .nullish()
    .transform((value) => value ?? undefined),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
});
type Message = z.output<typeof message>;

/** A CloudWatch alarm, as it stands in the message of a notification. */
const alarm = z.looseObject({
  AlarmName: z.string(),
  NewStateValue: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  NewStateReason: z.string().default(''),
  StateChangeTime: z.string().default(''),
  OldStateValue: z.string().default(''),
  AlarmDescription: z.string().nullish(),
  AlarmArn: z.string().optional(),
  AWSAccountId: z.string().optional(),
  Region: z.string().optional(),
});

const alarmStates = { OK: ['INFO', 'resolved'], ALARM: ['ERROR', 'firing'], INSUFFICIENT_DATA: ['WARN', 'no data'] } as const;

/** A decoder for SNS: believes signed messages of the named topics only, confirms subscriptions to them, understands CloudWatch alarms. */
export function snsDecoder(): Decode {
  let verifier: SnsVerifier | undefined;
  return async (body, { options, now, fetchText, uncounted }) => {
    const read = message.safeParse(JSON.parse(body.toString('utf8')), { error: issueText });
    if (!read.success)
      return { refuse: `not a message of SNS: ${read.error.issues[0]?.path.join('.') ?? ''} ${read.error.issues[0]?.message ?? ''}` };
    const { data } = read;
    if (!options.topicArns.includes(data.TopicArn)) return { forbid: `topic ${data.TopicArn} is not in topic_arns` };
    verifier ??= new SnsVerifier(fetchText);
    const problem = await verifier.problem(data, now);
    if (problem !== null) return { forbid: problem };
    if (data.Type === 'SubscriptionConfirmation') {
      if (data.SubscribeURL === undefined || !isSnsUrl(data.SubscribeURL)) return { forbid: 'the address to confirm at is not of SNS' };
      await fetchText(data.SubscribeURL);
    }
    if (data.Type !== 'Notification') return { records: [] };
    const record = alarmRecord(data, now, options.allowedLateness) ?? plainRecord(data, now, options.allowedLateness);
    if (record.event.metadata.status !== 'resolved' || options.resolved === 'keep') return { records: [record] };
    uncounted('filtered', 1);
    return { records: [] };
  };
}

const topicName = (arn: string) => arn.split(':').at(-1)!;

function alarmRecord(data: Message, now: number, lateness: number): EventSignal | null {
  const read = alarm.safeParse(jsonIn(data.Message));
  if (!read.success) return null;
  const { AlarmName, NewStateValue, NewStateReason, StateChangeTime, AlarmDescription, AlarmArn, AWSAccountId, Region } = read.data;
  // Alarms write "2026-03-14T03:00:00.000+0000".
  const time = arrivalTime(isoTime(StateChangeTime), now, lateness);
  const [level, status] = alarmStates[NewStateValue];
  const alarmKey = AlarmArn ?? `${AWSAccountId ?? ''}/${Region ?? ''}/${AlarmName}`;
  const metadata: JsonObject = {
    level,
    alert: AlarmName,
    status,
    fingerprint: shortHash([alarmKey]),
    alarm: AlarmName,
    state: NewStateValue,
    topic_arn: data.TopicArn,
    details: jsonIn(data.Message),
  };
  if (AlarmDescription) metadata.description = AlarmDescription;
  const event = {
    id: `cwa-${shortHash([alarmKey])}-${shortHash([StateChangeTime, NewStateValue], 12)}`,
    timestamp: toIso(time),
    source: 'cloudwatch-alarm',
    group_id: `cloudwatch-alarm:${topicName(data.TopicArn)}`,
    text: `${AlarmName}, ${status}: ${NewStateReason}`,
    metadata,
  };
  return { kind: 'event', time, key: '', event };
}

function plainRecord(data: Message, now: number, lateness: number): EventSignal {
  const { text, envelope, time: stated, message } = unwrap(data.Message);
  const time = arrivalTime(stated ?? isoTime(data.Timestamp), now, lateness);
  const metadata: JsonObject = { ...(message && messageMetadata(message)), topic_arn: data.TopicArn, message_id: data.MessageId };
  if (data.Subject !== undefined) metadata.subject = data.Subject;
  if (Object.keys(envelope).length > 0) metadata.envelope = envelope;
  if (text !== data.Message) metadata.body = data.Message;
  const topic = topicName(data.TopicArn);
  const event = {
    id: `sns-${shortHash([data.TopicArn], 10)}-${shortHash([data.MessageId])}`,
    timestamp: toIso(time),
    source: 'sns',
    group_id: `sns:${topic}`,
    text,
    metadata,
  };
  return { kind: 'event', time, key: '', event };
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

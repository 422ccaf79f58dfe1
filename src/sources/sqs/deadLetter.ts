import type { Message } from '@aws-sdk/client-sqs';
import { toIso, type JsonObject } from '../../event.ts';
import type { EventSignal } from '../../signal.ts';
import { messageMetadata } from '../messageMetadata.ts';
import { shortHash } from '../shortHash.ts';
import type { Queue } from './queueApi.ts';
import { unwrap } from '../../formats/messages/unwrap.ts';

/** Attributes that Lambda, EventBridge and SNS put on a message they gave up on, with what we call them. */
const giveUpAttributes = new Map([
  ['ErrorMessage', 'error_message'],
  ['ERROR_MESSAGE', 'error_message'],
  ['ErrorCode', 'error_code'],
  ['ERROR_CODE', 'error_code'],
  ['RequestID', 'request_id'],
  ['RULE_ARN', 'rule_arn'],
  ['TARGET_ARN', 'target_arn'],
]);

export interface LetterContext {
  queue: Queue;
  groupId: string;
  /** Earliest time a letter can have died at: the queue was seen empty then; null when event time is the time sent. */
  emptyAt: number | null;
}

/** Turns a message into an event. The body as it was is kept in the metadata, for a redrive by hand. */
export function deadLetter(letter: Message, { queue, groupId, emptyAt }: LetterContext): EventSignal {
  const { MessageId = '', Body = '', Attributes = {}, MessageAttributes = {} } = letter;
  const { text, envelope, time: stated, message } = unwrap(Body);
  const sent = Number(Attributes.SentTimestamp ?? Number.NaN);
  const known = stated ?? (Number.isFinite(sent) ? sent : (emptyAt ?? 0));
  const time = emptyAt === null ? known : Math.max(known, emptyAt);
  // A dead letter is an error whatever it says, but what was sent to a queue to be told of is as bad as it says: an alarm, and
  // whatever a service says where nobody gave it up.
  const gaveUp =
    Attributes.DeadLetterQueueSourceArn !== undefined || Object.keys(MessageAttributes).some((name) => giveUpAttributes.has(name));
  const alert = message !== null && (message.status !== null || (!gaveUp && message.sender !== 'event')) ? messageMetadata(message) : {};
  const metadata: JsonObject = { level: 'ERROR', ...alert, queue: queue.name, message_id: MessageId };
  if (Attributes.DeadLetterQueueSourceArn !== undefined) {
    metadata.source_queue_arn = Attributes.DeadLetterQueueSourceArn;
    metadata.source_queue = Attributes.DeadLetterQueueSourceArn.split(':').at(-1)!;
  }
  if (Attributes.ApproximateReceiveCount !== undefined) metadata.receive_count = Number(Attributes.ApproximateReceiveCount);
  if (Attributes.ApproximateFirstReceiveTimestamp !== undefined)
    metadata.first_received = toIso(Number(Attributes.ApproximateFirstReceiveTimestamp));
  if (Number.isFinite(sent)) metadata.sent = toIso(sent);
  if (Number.isFinite(sent) && queue.retention !== null) metadata.expires_at = toIso(sent + queue.retention);
  if (Attributes.MessageGroupId !== undefined) metadata.message_group = Attributes.MessageGroupId;
  if (Attributes.SequenceNumber !== undefined) metadata.sequence = Attributes.SequenceNumber;
  const attributes = Object.entries(MessageAttributes).map(
    ([name, value]) => [name, value.StringValue ?? Buffer.from(value.BinaryValue ?? []).toString('base64')] as const,
  );
  if (attributes.length > 0) metadata.attributes = Object.fromEntries(attributes);
  for (const [name, value] of attributes) if (giveUpAttributes.has(name)) metadata[giveUpAttributes.get(name)!] = value;
  if (Object.keys(envelope).length > 0) metadata.envelope = envelope;
  const event = {
    id: `sqs-${shortHash([queue.arn ?? queue.name], 10)}-${MessageId.replace(/[^\w-]/g, '_')}`,
    timestamp: toIso(time),
    source: 'sqs-dlq',
    group_id: groupId,
    // What the service that gave up says is nearer to the trouble than what it was asked to do.
    text: typeof metadata.error_message === 'string' && envelope.lambda === undefined ? metadata.error_message : text,
    metadata,
  };
  if (event.text !== Body) metadata.body = Body;
  return { kind: 'event', time, key: '', event };
}

import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  RetentionPolicy,
  type ConsumerConfig,
  type ConsumerInfo,
  type StreamInfo,
} from '@nats-io/jetstream';
import { CaducusError } from 'caducus';
import type { Jet } from './connect.ts';
import type { NatsSourceOptions } from './readOptions.ts';

const toNanos = (ms: number): number => ms * 1_000_000;

const isApiError = (error: unknown, code: number): boolean => error instanceof JetStreamApiError && error.code === code;

/** Throws CAD020 where there is none of that name. */
export async function findStream({ jsm }: Pick<Jet, 'jsm'>, name: string, path: string): Promise<StreamInfo> {
  try {
    return await jsm.streams.info(name);
  } catch (error) {
    if (!isApiError(error, JetStreamApiCodes.StreamNotFound)) throw error;
    throw new CaducusError('CAD020', { path: `${path}.stream` }, `there is no stream "${name}"`, {
      cause: error,
      hint: `nats stream ls shows those there are; nats stream add ${name} makes one.`,
    });
  }
}

/** null where there is none. Throws CAD020 for one that does something else than is asked for. */
export async function findConsumer(
  { jsm }: Pick<Jet, 'jsm'>,
  { stream, subject }: Pick<NatsSourceOptions, 'stream' | 'subject'>,
  name: string,
  path: string,
): Promise<ConsumerInfo | null> {
  let info: ConsumerInfo;
  try {
    info = await jsm.consumers.info(stream, name);
  } catch (error) {
    if (isApiError(error, JetStreamApiCodes.ConsumerNotFound)) return null;
    throw error;
  }
  const wrong = findDifference(info.config, subject);
  if (wrong === null) return info;
  throw new CaducusError('CAD020', { path: `${path}.consumer` }, `consumer "${name}" ${wrong}`, {
    hint: 'Give another name, for which one is made, or remove that consumer.',
  });
}

function findDifference(
  { deliver_subject, ack_policy, filter_subject, filter_subjects }: ConsumerConfig,
  subject: string | undefined,
): string | null {
  if (deliver_subject) return 'pushes messages; it has to be one that is pulled';
  if (ack_policy !== AckPolicy.Explicit) return `acknowledges ${ack_policy}; it has to be explicit`;
  const filter = filter_subjects?.join(', ') ?? filter_subject ?? '';
  if (filter !== (subject ?? '')) return filter === '' ? 'takes all subjects' : `takes the subject ${filter}`;
  return null;
}

/** Makes the consumer: behind that message where one is given, else where the options say. */
export async function addConsumer(
  { jsm }: Pick<Jet, 'jsm'>,
  options: NatsSourceOptions,
  name: string,
  { stream, after }: { stream: StreamInfo; after: number | null },
): Promise<ConsumerInfo> {
  return jsm.consumers.add(options.stream, {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: toNanos(options.ackWait),
    max_ack_pending: options.maxAckPending,
    max_deliver: -1,
    ...(options.subject !== undefined && { filter_subject: options.subject }),
    ...findBegin(options.start, stream, after),
  });
}

/** A work queue holds only what nobody has acknowledged, and takes no consumer that begins elsewhere. */
function findBegin(start: NatsSourceOptions['start'], { config, state }: StreamInfo, after: number | null): Partial<ConsumerConfig> {
  if (config.retention === RetentionPolicy.Workqueue) return { deliver_policy: DeliverPolicy.All };
  if (after !== null) return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 };
  if (start === 'all') return { deliver_policy: DeliverPolicy.All };
  // By number, so that it can be seen later where it began.
  if (start === 'new') return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: state.last_seq + 1 };
  return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(start).toISOString() };
}

import type { Message } from '@aws-sdk/client-sqs';
import type { Io } from '../../io.ts';
import { awsCaller, type CallerOptions } from '../aws/caller.ts';
import { clientConfig, loadSqs } from '../aws/client.ts';
import { CaducusError } from '../../errors.ts';
import type { SqsOptions } from './options.ts';

/** What there is to know of a queue. */
export interface Queue {
  name: string;
  arn: string | null;
  fifo: boolean;
  /** How long it keeps a message, milliseconds; null when the policy forbids to ask. */
  retention: number | null;
}

export interface Handle {
  id: string;
  receipt: string;
}

/** What of SQS is used. Every method throws a CaducusError that says what to do. */
export interface QueueApi {
  readonly queue: Queue;
  /** At most ten messages; waits that many milliseconds when there are none. */
  receive(wait: number): Promise<Message[]>;
  /** Entries that cannot be deleted (an old receipt) come again; they are no error. */
  delete(handles: readonly Handle[]): Promise<void>;
  /** Keeps the messages hidden for the time of `visibility` from now on. */
  extend(handles: readonly Handle[]): Promise<void>;
  close(): void;
}

/** Most entries of a batch call; a limit of the API. */
const batchMost = 10;
/** How long a delete may block a checkpoint, milliseconds. What was not deleted comes again and is deleted then. */
const commitPatience = 5_000;

/** What has to be known of a queue to open it. */
export type QueuePlace = Pick<SqsOptions, 'queueUrl' | 'queueName' | 'region' | 'profile' | 'endpoint' | 'visibility' | 'patience'>;

/** A queue URL names its region, or else is itself the address to talk to; options that say otherwise win. */
function placeIn({ queueUrl, region, endpoint }: QueuePlace): { region?: string; endpoint?: string } {
  if (queueUrl === undefined || endpoint !== undefined) return {};
  const { hostname, origin } = new URL(queueUrl);
  const inUrl = /^sqs\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(hostname)?.[1];
  if (inUrl === undefined) return { endpoint: origin };
  return region === undefined ? { region: inUrl } : {};
}

/** Opens a queue over the real SDK. */
export async function openQueueApi(
  options: QueuePlace,
  { io, id, signal, failing }: { io: Io; id: string; signal: AbortSignal } & Pick<CallerOptions, 'failing'>,
): Promise<QueueApi> {
  const {
    SQSClient,
    ChangeMessageVisibilityBatchCommand,
    DeleteMessageBatchCommand,
    GetQueueAttributesCommand,
    GetQueueUrlCommand,
    ReceiveMessageCommand,
  } = await loadSqs(io);
  const open = () => new SQSClient({ ...clientConfig({ ...options, ...placeIn(options) }), useQueueUrlAsEndpoint: false });
  let client = open();
  const renew = () => {
    client.destroy();
    client = open();
  };
  const call = awsCaller({ io, id, signal, patience: options.patience, renew, failing });
  const url = await queueUrl();
  const VisibilityTimeout = Math.ceil(options.visibility / 1000);

  async function queueUrl(): Promise<string> {
    // Asked first, so that a missing region or missing credentials are named as such.
    await awsCaller({ io, id, signal, patience: 0 })('sqs:ReceiveMessage', () => client.config.region());
    if (options.queueUrl !== undefined) return options.queueUrl;
    const answer = await call('sqs:GetQueueUrl', (how) => client.send(new GetQueueUrlCommand({ QueueName: options.queueName }), how));
    return answer.QueueUrl!;
  }
  async function describe(): Promise<Queue> {
    const name = url.split('/').at(-1)!;
    try {
      const { Attributes = {} } = await call('sqs:GetQueueAttributes', (how) =>
        client.send(
          new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn', 'MessageRetentionPeriod', 'FifoQueue'] }),
          how,
        ),
      );
      const { QueueArn, MessageRetentionPeriod, FifoQueue } = Attributes;
      return {
        name,
        arn: QueueArn ?? null,
        fifo: FifoQueue === 'true',
        retention: MessageRetentionPeriod ? Number(MessageRetentionPeriod) * 1000 : null,
      };
    } catch (error) {
      // Reading goes without it; only the time of expiry stays unknown.
      if (error instanceof CaducusError && error.code === 'CAD062')
        return { name, arn: null, fifo: name.endsWith('.fifo'), retention: null };
      throw error;
    }
  }
  const batched = async (handles: readonly Handle[], send: (part: readonly Handle[]) => Promise<unknown>) => {
    for (let at = 0; at < handles.length; at += batchMost) await send(handles.slice(at, at + batchMost));
  };
  const hurried = awsCaller({ io, id, signal: new AbortController().signal, patience: commitPatience, renew });
  return {
    queue: await describe(),
    async receive(wait) {
      const { Messages = [] } = await call('sqs:ReceiveMessage', (how) =>
        client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: batchMost,
            WaitTimeSeconds: Math.ceil(wait / 1000),
            VisibilityTimeout,
            MessageSystemAttributeNames: ['All'],
            MessageAttributeNames: ['All'],
          }),
          how,
        ),
      );
      return Messages;
    },
    delete: (handles) =>
      batched(handles, (part) =>
        hurried('sqs:DeleteMessage', (how) =>
          client.send(
            new DeleteMessageBatchCommand({
              QueueUrl: url,
              Entries: part.map(({ receipt }, i) => ({ Id: String(i), ReceiptHandle: receipt })),
            }),
            how,
          ),
        ),
      ),
    extend: (handles) =>
      batched(handles, (part) =>
        hurried('sqs:ChangeMessageVisibility', (how) =>
          client.send(
            new ChangeMessageVisibilityBatchCommand({
              QueueUrl: url,
              Entries: part.map(({ receipt }, i) => ({ Id: String(i), ReceiptHandle: receipt, VisibilityTimeout })),
            }),
            how,
          ),
        ),
      ),
    close: () => client.destroy(),
  };
}

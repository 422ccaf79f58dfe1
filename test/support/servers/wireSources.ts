import { startFauxqs } from 'fauxqs';
import { startCloudWatchServer, type CloudWatchServer } from './cloudwatchServer.ts';

/** Keys that no real account knows. */
export const wireEnvironment = {
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  HOME: '/nonexistent',
};

const minute = 60_000;

export interface WireLogs {
  server: CloudWatchServer;
  /** AWS's ids of all events. */
  ids: string[];
  /** Time at which the last of them can be found, milliseconds since 1970. */
  complete: number;
}

/**
 * Log events over 20 streams of two groups, the last six hours of them, put in out of order; a tenth of those of the last
 * minutes can be found `lateBy` milliseconds from now only. With `faults` a fifth of all calls fails: throttled, with a 500,
 * with a cut connection.
 */
export async function startWireLogs(count: number, { lateBy = 0, faults = false } = {}): Promise<WireLogs> {
  let fail = 0;
  const server = await startCloudWatchServer({
    pageSize: 250,
    now: () => Date.now(),
    fault: (call) => (faults && call % 5 === 0 ? (['throttle', 'unavailable', 'hangUp'] as const)[(fail += 1) % 3]! : null),
  });
  const now = Date.now();
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    // 7919 is prime to the count: every place in time once, in no order.
    const place = (i * 7919) % count;
    const timestamp = now - 5000 - Math.floor(((count - place) / count) * 6 * 60 * minute);
    const late = place % 10 === 0 && now - timestamp < 4 * minute;
    ids.push(
      server.put(`/app/${i % 2}`, `stream-${i % 20}`, {
        timestamp,
        message: `INFO event ${i} of user ${place % 50}`,
        ingested: late ? now + lateBy : timestamp,
      }),
    );
  }
  return { server, ids, complete: now + lateBy };
}

/** A queue with that many dead letters, and a view of what is in it. */
export async function startWireQueue(count: number) {
  const server = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const { queueUrl, queueName } = server.createQueue('orders-dlq', { region: 'eu-west-1' });
  // Past the SDK, which takes several times as long.
  const call = async <T>(action: string, body: object): Promise<T> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      body: JSON.stringify({ QueueUrl: queueUrl, ...body }),
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` },
    });
    if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const ids: string[] = [];
  for (let at = 0; at < count; at += 10) {
    const Entries = Array.from({ length: Math.min(10, count - at) }, (_, i) => ({
      Id: String(i),
      MessageBody: `PutOrder timed out after 3 tries, order ${at + i}`,
    }));
    const { Successful } = await call<{ Successful: { MessageId: string }[] }>('SendMessageBatch', { Entries });
    ids.push(...Successful.map(({ MessageId }) => MessageId));
  }
  const messages = () => server.inspectQueue(queueName)!.messages;
  return {
    server,
    endpoint,
    queueUrl,
    ids,
    /** Ids of the messages that have not been deleted. */
    there(): string[] {
      const { ready, delayed, inflight } = messages();
      return [...ready, ...delayed, ...inflight.map(({ message }) => message)].map(({ messageId }) => messageId);
    },
    /** What the end of the visibility time does: everything that was received shows again. */
    async reveal(): Promise<void> {
      const { inflight } = messages();
      for (let at = 0; at < inflight.length; at += 10) {
        const Entries = inflight
          .slice(at, at + 10)
          .map(({ receiptHandle }, i) => ({ Id: String(i), ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));
        await call('ChangeMessageVisibilityBatch', { Entries });
      }
    },
  };
}

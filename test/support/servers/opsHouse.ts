import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { startCloudWatchServer } from './cloudwatchServer.ts';

const minute = 60_000;

/** An alert as Alertmanager sends it. */
export function alertBody(
  at: number,
  status: 'firing' | 'resolved',
  { name, severity, summary, since = at }: { name: string; severity: string; summary: string; since?: number },
): string {
  const labels = { alertname: name, severity, service: 'orders', instance: 'orders' };
  const zero = '0001-01-01T00:00:00Z';
  const alert = {
    status,
    labels,
    annotations: { summary },
    startsAt: new Date(since).toISOString(),
    endsAt: status === 'resolved' ? new Date(at).toISOString() : zero,
    generatorURL: 'http://prometheus.example/graph',
    fingerprint: Buffer.from(name).toString('hex').slice(0, 16),
  };
  return JSON.stringify({
    version: '4',
    groupKey: '{}',
    truncatedAlerts: 0,
    status,
    receiver: 'caducus',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: '',
    alerts: [alert],
  });
}

/** A dead letter as Lambda's destination for failures writes it. */
export function letterBody(at: number, error: string, order: number): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId: `r-${order}`,
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: { order },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorMessage: error },
  });
}

/**
 * What stands around a service called orders: its logs, its dead-letter queue, its alerts. `minuteOf` plays one minute of
 * it: usual traffic, and from minute 40 on a table that does not answer.
 */
export async function startOpsHouse(start: number, now: () => number) {
  const logs = await startCloudWatchServer({ now });
  const queues = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
  const endpoint = `http://127.0.0.1:${queues.port}`;
  const client = new SQSClient({ endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } });
  const { queueUrl } = queues.createQueue('orders-dlq', { region: 'eu-west-1' });
  for (const name of ['/aws/lambda/orders', '/aws/lambda/auth']) logs.createGroup(name);
  const log = (group: string, at: number, message: string) =>
    void logs.put(group, '2026/03/14/[$LATEST]a1', { timestamp: start + at, message });
  const post = async (port: number, body: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  const letter = (at: number, error: string, order: number) =>
    client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: letterBody(start + at, error, order) }));

  function usual(m: number): void {
    for (const [k, s] of [4, 34].entries())
      log('/aws/lambda/orders', m * minute + s * 1000, `INFO order placed id=${7000 + 2 * m + k} total=${20 + (m % 7)}.50`);
    log('/aws/lambda/auth', m * minute + 11_000, `INFO token issued for user ${400 + ((m * 7) % 13)}`);
  }
  async function minuteOf(m: number, port: number): Promise<void> {
    usual(m);
    const at = m * minute;
    const slow = { name: 'QueueSlow', severity: 'warning', summary: 'orders wait for more than 30 s' };
    if (m % 3 === 1 && m < 39) await post(port, alertBody(start + at + 5000, 'firing', slow));
    if (m % 3 === 0 && m > 0 && m < 39)
      await post(port, alertBody(start + at + 5000, 'resolved', { ...slow, since: start + at - 2 * minute + 5000 }));
    if (m % 6 === 3 && m < 39) await letter(at + 6000, `Address of order ${6000 + m} cannot be parsed`, 6000 + m);
    if (m < 40 || m > 42) return;
    for (const s of [12, 29, 51])
      log(
        '/aws/lambda/orders',
        at + s * 1000,
        `ERROR ReadTimeout: table orders-db did not answer in 3000 ms, order ${7000 + 2 * m + (s % 2)}`,
      );
    if (m > 40)
      for (const s of [20, 40])
        await letter(at + s * 1000, `PutOrder timed out after 3 tries, order ${7000 + 2 * m + (s % 3)}`, 7000 + 2 * m + (s % 3));
    if (m === 41)
      await post(
        port,
        alertBody(start + at + 30_000, 'firing', {
          name: 'OrdersErrorRate',
          severity: 'critical',
          summary: 'more than 5 % of orders fail',
        }),
      );
  }
  return {
    logs,
    queueUrl,
    endpoint,
    minuteOf,
    async stop() {
      client.destroy();
      await Promise.all([logs.stop(), queues.stop()]);
    },
  };
}

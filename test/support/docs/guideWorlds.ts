// One file, because each is a few lines: what a reader of a guide has around the example, by page.
import { createHmac } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startFauxqs } from 'fauxqs';
import { startCloudWatchServer } from '../servers/cloudwatchServer.ts';
import { FaultyReceiver } from '../servers/faultyReceiver.ts';
import { now } from './exampleRun.ts';

/** What an example runs in. */
export interface World {
  env?: Readonly<Record<string, string>>;
  /** Once its listener listens. */
  listening?(port: number): Promise<void>;
  /** What the page shows of it in place of what is printed: records or requests. */
  shown?(): unknown[];
  close?(): Promise<void> | void;
}

type Begin = (folder: string, dataDir: string) => World | Promise<World>;

const minutesAgo = (minutes: number, seconds: number) => now - minutes * 60_000 + seconds * 1000;
const lines = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
const filesBelow = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

async function loki(): Promise<World> {
  const all = [
    [minutesAgo(40, 1), 'INFO order 17 placed'],
    [minutesAgo(40, 20), 'ERROR no stock for order 18'],
  ] as const;
  const server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://loki').searchParams;
    const inRange = all.filter(([ms]) => ms >= Number(query.get('start')!.slice(0, -6)) && ms < Number(query.get('end')!.slice(0, -6)));
    const values = inRange.map(([ms, line]) => [`${ms}000000`, line]);
    const result = values.length === 0 ? [] : [{ stream: { namespace: 'shop', app: 'orders' }, values }];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data: { resultType: 'streams', result, stats: {} } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    env: { LOKI: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function journald(folder: string): World {
  const records = [
    ['no stock for order 18', 1],
    ['payment refused', 2],
  ].map(([MESSAGE, second]) => ({
    ...{ __CURSOR: `s=1;i=${second};b=2;m=3;t=4;x=5`, __REALTIME_TIMESTAMP: String((now + Number(second) * 1000) * 1000) },
    ...{ _BOOT_ID: '2', _HOSTNAME: 'web1', _SYSTEMD_UNIT: 'orders.service', SYSLOG_IDENTIFIER: 'orders', PRIORITY: '3', MESSAGE },
  }));
  writeFileSync(join(folder, 'journal'), records.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const program = join(folder, 'journalctl');
  writeFileSync(program, `#!/bin/sh\ncat '${join(folder, 'journal')}'\n`);
  chmodSync(program, 0o755);
  return { env: { JOURNALCTL: program } };
}

async function sqs(): Promise<World> {
  const server = await startFauxqs({ port: 0, logger: false, host: 'localhost', defaultRegion: 'eu-west-1' });
  const endpoint = `http://127.0.0.1:${server.port}`;
  const { queueUrl } = server.createQueue('orders-dlq', { region: 'eu-west-1' });
  await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl: queueUrl, MessageBody: 'no stock for order 18' }),
  });
  return { env: { SQS: endpoint }, close: () => server.stop() };
}

async function cloudwatch(): Promise<World> {
  const server = await startCloudWatchServer();
  const put = (at: number, message: string) => server.put('/aws/lambda/auth', '2026/03/14/[$LATEST]a1', { timestamp: at, message });
  put(minutesAgo(40, 1), 'INFO token issued for user 17');
  put(minutesAgo(40, 20), 'ERROR key store does not answer');
  return { env: { CLOUDWATCH: server.url }, close: () => server.stop() };
}

function store(folder: string): World {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'events'), { recursive: true });
  const events = [
    ['e1', '2026-03-14T03:00:01.000Z', 'shop:orders', 'INFO', 'order 17 placed'],
    ['e2', '2026-03-14T03:00:20.000Z', 'shop:orders', 'ERROR', 'no stock for order 18'],
    ['e3', '2026-03-14T03:00:21.000Z', 'shop:cart', 'INFO', 'cart 4 opened'],
  ];
  for (const [id, timestamp, group_id, level, text] of events) {
    const event = { id, timestamp, source: 'shop', group_id, text, metadata: { level } };
    writeFileSync(join(home, 'events', `${id}.json`), JSON.stringify(event));
  }
  return { env: { STORE: home } };
}

const listen = { LISTEN: '127.0.0.1:0' };

const http: Begin = (folder) => ({
  env: listen,
  async listening(port) {
    const body = readFileSync(join(folder, 'orders.ndjson'));
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    if (status !== 200) throw new Error(`answered ${status}`);
  },
});

const syslog: Begin = () => ({
  env: listen,
  listening: (port) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('<11>1 2026-03-14T03:00:01Z web1 orders 17 - - payment refused\n'));
      socket.once('close', () => resolve()).once('error', reject);
    }),
});

const answers: Begin = (_folder, dataDir) => ({
  env: listen,
  async listening(port) {
    const body = JSON.stringify({
      event: {
        ...{ id: '01', event_type: 'incident.acknowledged', occurred_at: '2026-03-14T03:00:00Z' },
        ...{ agent: { type: 'user_reference', summary: 'Ana' }, data: { id: 'PX1', type: 'incident', incident_key: 'caducus-e7c1' } },
      },
    });
    const signature = createHmac('sha256', 'the-secret-of-the-subscription').update(body).digest('hex');
    const headers = { 'x-pagerduty-signature': `v1=${signature}` };
    const { status } = await fetch(`http://127.0.0.1:${port}/pagerduty`, { method: 'POST', body, headers });
    if (status !== 202) throw new Error(`answered ${status}`);
  },
  shown: () => filesBelow(dataDir, 'marks.ndjson').flatMap(lines),
});

/** A receiver that takes all; the page shows what it was sent. */
const receiver =
  (variable: string): Begin =>
  async () => {
    const server = new FaultyReceiver();
    await server.start();
    return {
      env: { [variable]: server.url },
      shown: () => server.taken.map(({ body }) => JSON.parse(body.toString()) as unknown),
      close: () => server.stop(),
    };
  };

/** What each example needs, by its page. Those that are not named need nothing but their files. */
export const worlds: Readonly<Record<string, Begin>> = {
  'docs/sources/store.md': store,
  'docs/sources/cloudwatch-logs.md': cloudwatch,
  'docs/sources/sqs.md': sqs,
  'docs/sources/http.md': http,
  'docs/sources/syslog.md': syslog,
  'docs/sources/journald.md': journald,
  'docs/sources/loki.md': loki,
  'docs/sources/answers.md': answers,
  'docs/sinks/ndjson.md': (_folder, dataDir) => ({ shown: () => lines(join(dataDir, 'found.ndjson')) }),
  'docs/sinks/folder.md': (_folder, dataDir) => ({
    shown: () => filesBelow(join(dataDir, 'events'), '.json').map((path) => JSON.parse(readFileSync(path, 'utf8')) as unknown),
  }),
  'docs/sinks/segments.md': (_folder, dataDir) => ({ shown: () => filesBelow(join(dataDir, 'segments'), '.ndjson').flatMap(lines) }),
  'docs/sinks/webhook.md': receiver('PAGE_URL'),
  'docs/sinks/otlp.md': receiver('COLLECTOR'),
  'docs/sinks/loki.md': receiver('LOKI'),
  'docs/sinks/heartbeat.md': receiver('ALIVE_URL'),
};

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { temporaryFolder } from '../../../test/support/testIo.ts';
import { KafkaCluster, withKafka } from './support/kafkaCluster.ts';

const messages = 60_000;
const every = 1_000;

withKafka('a run that reads from kafka and writes to kafka', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const children = new Set<ChildProcess>();
  let cluster: KafkaCluster;

  before(async () => {
    cluster = await KafkaCluster.start();
    const line = (n: number) => {
      const timestamp = new Date(Date.UTC(2026, 2, 14) + n * 100).toISOString();
      const text = n % 997 === 0 ? `disk ${n} failed` : `request ${n} of user ${n % 17} took ${n % 31} ms`;
      return JSON.stringify({ timestamp, level: n % 997 === 0 ? 'error' : 'info', text });
    };
    for (let partition = 0; partition < 4; partition += 1) {
      const own = Array.from({ length: messages / 4 }, (_, i) => line(i * 4 + partition));
      cluster.produce('logs', own, ['-p', String(partition)]);
    }
    cluster.produce('out.event', []);
    mkdirSync(folder.file('node_modules'), { recursive: true });
    symlinkSync(resolve('packages/caducus-kafka'), folder.file('node_modules/caducus-kafka'));
    writeFileSync(
      folder.file('shop.yaml'),
      `name: shop
checkpoint: { events: ${every}, every: 1h }
sources:
  in: { kafka: { brokers: "${cluster.list[0]}", topics: logs, follow: false } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
sinks:
  file: { ndjson: { path: "${folder.file('out.ndjson')}", select: [event] } }
  out: { kafka: { brokers: "${cluster.list[0]}", topic: "out.{kind}", select: [event], max_outbox: 1000 } }
`,
    );
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await cluster?.stop();
  });

  function start(): ChildProcess {
    const parameters = ['--import=tsx', '--conditions=source', resolve('src/cli/main.ts'), 'run', folder.file('shop.yaml'), '--quiet'];
    const child = spawn(process.execPath, [...parameters, '--data-dir', folder.file('data')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
    });
    children.add(child);
    let text = '';
    child.stderr!.on('data', (bytes: Buffer) => void (text += bytes.toString()));
    child.once('close', (code) => code !== null && code !== 0 && process.stderr.write(text));
    return child;
  }
  /** The newest checkpoint; 0 before the first. */
  function newest(): number {
    try {
      const names = readdirSync(folder.file('data/state/shop'));
      return Math.max(0, ...names.map((file) => Number(/^checkpoint-(\d+)/.exec(file)?.[1] ?? 0)));
    } catch {
      return 0;
    }
  }
  /** All messages of a topic: the id in their header, their text, and the id of their event. */
  async function held(topic: string): Promise<{ id: string; text: string; event: string }[]> {
    const client = new kafkajs.Kafka({ brokers: cluster.list, logLevel: kafkajs.logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    const all = (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
    await admin.disconnect();
    const consumer = client.consumer({ groupId: 'look' });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const found: { id: string; text: string; event: string }[] = [];
    await new Promise<void>((done) => {
      void consumer.run({
        eachMessage: async ({ message }) => {
          const text = message.value!.toString();
          found.push({ id: message.headers!['id']!.toString(), text, event: (JSON.parse(text) as { id: string }).id });
          if (found.length === all) done();
        },
      });
    });
    await consumer.disconnect();
    return found;
  }

  it('killed again and again has each message once in its file, and each at least once, under its own id, in the topic', async () => {
    for (const checkpoint of [2, 5, 9]) {
      const child = start();
      while (newest() < checkpoint && child.exitCode === null) await nodeIo().sleep(2);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      expect(child.signalCode).to.equal('SIGKILL');
    }
    expect((await once(start(), 'close'))[0]).to.equal(0);
    const lines = readFileSync(folder.file('out.ndjson'), 'utf8').trim().split('\n');
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).to.have.length(messages);
    expect(new Set(ids).size).to.equal(messages);
    const sent = await held('out.event');
    expect(sent.length).to.be.at.least(messages);
    // What is sent again may be marked late this time, which is another record of the same event.
    expect(new Set(sent.map(({ event }) => event))).to.deep.equal(new Set(ids));
    const texts = new Map<string, string>();
    for (const { id, text } of sent) {
      expect(texts.get(id) ?? text).to.equal(text);
      texts.set(id, text);
    }
  });
});

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { NatsServer, withNats } from './support/natsServer.ts';

const messages = 12_000;
const every = 1_000;

withNats('a run that reads from nats and writes to nats', function () {
  this.timeout(300_000);
  let server: NatsServer;
  let nc: NatsConnection;
  let jsm: JetStreamManager;
  let project = '';
  const children = new Set<ChildProcess>();

  before(async () => {
    server = await NatsServer.start();
    ({ nc, jsm } = await server.client());
    await jsm.streams.add({ name: 'LOGS', subjects: ['logs.>'] });
    for (let n = 0; n < messages; n += 1) {
      const timestamp = new Date(Date.UTC(2026, 2, 14) + n * 100).toISOString();
      const text = n % 997 === 0 ? `disk ${n} failed` : `request ${n} of user ${n % 17} took ${n % 31} ms`;
      nc.publish(`logs.${n % 5 === 0 ? 'pay' : 'shop'}`, JSON.stringify({ timestamp, level: n % 997 === 0 ? 'error' : 'info', text }));
    }
    await nc.flush();
    // What was published without waiting has come when the stream holds it.
    while ((await jsm.streams.info('LOGS')).state.messages < messages);
    project = server.file('project');
    mkdirSync(`${project}/node_modules`, { recursive: true });
    symlinkSync(resolve('packages/caducus-nats'), `${project}/node_modules/caducus-nats`);
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await server.stop();
  });

  const pipeline = (name: string) => `name: shop
checkpoint: { events: ${every}, every: 1h }
sources:
  in: { nats: { servers: "${server.url}", stream: LOGS, consumer: "${name}", follow: false } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
sinks:
  file: { ndjson: { path: "${server.file(`${name}.ndjson`)}", select: [event, radar] } }
  out: { nats: { servers: "${server.url}", subject: "${name}.{kind}", stream: "${name}", select: [radar, event] } }
`;
  function start(name: string): ChildProcess {
    const child = spawn(
      process.execPath,
      [
        '--import=tsx',
        '--conditions=source',
        resolve('src/cli/main.ts'),
        'run',
        `${project}/${name}.yaml`,
        '--data-dir',
        server.file(`data-${name}`),
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
      },
    );
    children.add(child);
    let text = '';
    child.stderr!.on('data', (bytes: Buffer) => void (text += bytes.toString()));
    child.once('close', (code) => code !== null && code !== 0 && process.stderr.write(text));
    return child;
  }
  async function prepare(name: string): Promise<void> {
    await jsm.streams.add({ name, subjects: [`${name}.>`], duplicate_window: 3_600_000_000_000 });
    writeFileSync(`${project}/${name}.yaml`, pipeline(name));
  }
  /** The newest checkpoint; 0 before the first. */
  function newest(name: string): number {
    try {
      const names = readdirSync(server.file(`data-${name}/state/shop`));
      return Math.max(0, ...names.map((file) => Number(/^checkpoint-(\d+)/.exec(file)?.[1] ?? 0)));
    } catch {
      return 0;
    }
  }
  /** Texts of all that a stream holds, in order of their text: a restart may change the order in which they came. */
  async function held(name: string): Promise<string[]> {
    const { state } = await jsm.streams.info(name);
    const texts: string[] = [];
    // So many at a time: each is to be answered within seconds.
    for (let seq = 1; seq <= state.last_seq; seq += 200) {
      const asked = Array.from({ length: Math.min(200, state.last_seq - seq + 1) }, (_, i) =>
        jsm.streams.getMessage(name, { seq: seq + i }),
      );
      for (const message of await Promise.all(asked)) texts.push(message!.string());
    }
    return texts.toSorted();
  }

  it('killed again and again, and the server with it: the same file byte for byte, the same messages, none twice', async () => {
    await prepare('clean');
    expect((await once(start('clean'), 'close'))[0]).to.equal(0);
    await prepare('killed');
    for (const [round, checkpoint] of [2, 5, 8].entries()) {
      const child = start('killed');
      while (newest('killed') < checkpoint && child.exitCode === null) await nodeIo().sleep(2);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      if (round % 2 === 0) continue;
      await server.kill();
      await server.begin();
      while ((await jsm.streams.info('LOGS').catch(() => null)) === null);
    }
    const last = start('killed');
    const before = newest('killed');
    expect((await once(last, 'close'))[0]).to.equal(0);
    expect(before).to.be.within(2, messages / every);
    const files = ['clean', 'killed'].map((name) => readFileSync(server.file(`${name}.ndjson`), 'utf8'));
    expect(files[1] === files[0]).to.equal(true);
    expect(files[0]!.split('\n').filter((line) => line.startsWith('{"id"'))).to.have.length(messages);
    const [clean, killed] = [await held('clean'), await held('killed')];
    expect(clean.length).to.be.greaterThan(messages);
    expect(killed).to.deep.equal(clean);
    // All is acknowledged with the last checkpoint, but for what was read from the stream itself: that comes once more.
    expect((await jsm.consumers.info('LOGS', 'clean')).num_ack_pending).to.equal(0);
  });
});

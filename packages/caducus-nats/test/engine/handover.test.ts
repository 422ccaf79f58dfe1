import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { EngineCluster } from '../support/engineCluster.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { OpenEngines } from '../support/openEngines.ts';

const part = 1_200;
const { sleep } = nodeIo();

/** So many events, from that one on. */
const writeEvents = (from: number): string =>
  Array.from({ length: part }, (_, i) => {
    const n = from + i;
    const isBad = n % 397 === 0;
    const text = isBad ? `disk ${n % 5} failed on /data/${n % 3}` : `user u${n % 17} signed in on host-${n % 7}`;
    const timestamp = new Date(Date.UTC(2026, 2, 13) + n * 500).toISOString();
    const metadata = { level: isBad ? 'ERROR' : 'INFO' };
    return `${JSON.stringify({ id: `e${n}`, timestamp, source: 'app', group_id: `app:${n % 20}`, text, metadata })}\n`;
  }).join('');

withNats('another file for processes that run a pipeline on JetStream', function () {
  this.timeout(900_000);
  let server: NatsServer;
  const clusters: EngineCluster[] = [];
  const engines = new OpenEngines();
  before(async () => {
    server = await NatsServer.start();
  });
  after(async () => {
    await engines.close();
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    await server.stop();
  });

  /** The files one after the other: other options, another number of parts, and one that cannot be shared out. */
  const files = [
    { memory: 'window: 1m, early: 10s', top: 5, partitions: 3 },
    { memory: 'window: 1m', top: 3, partitions: 4 },
    { memory: 'window: 1m, max_groups: 100', top: 3, partitions: 4 },
  ];
  const write = (name: string, { memory, top, partitions }: (typeof files)[number]) => `name: ${name}
sources: { in: { file: { path: "${server.file(`${name}.ndjson`)}", format: ndjson, follow: true, idle: 24h } } }
operators:
  - group_by: { key: group_id }
  - memory: { ${memory} }
  - rank: { top: ${top} }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  all: { ndjson: { path: "${server.file(name)}/all.ndjson", select: [event, blip, radar, finding] } }
checkpoint: { every: 1s }
engine: { partitions: ${partitions}, lease: 3s }
`;
  const read = (name: string) => {
    const path = `${server.file(name)}/all.ndjson`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  /** All events up to one have come through. */
  async function pass(name: string, events: number): Promise<void> {
    while (read(name).split('"id":"e').length - 1 < events) await sleep(200);
  }

  /** What the files before had is forgotten: the first says that nobody goes on from it, and the state of all of it is gone. */
  async function forget(name: string): Promise<void> {
    const engine = await engines.open(server.url, { pipeline: name });
    const read = async (subject: string) => Buffer.from((await engine.last(subject))!.body).toString();
    while (!(JSON.parse(await read('ckpt.whole.head')) as { closed?: boolean }).closed) await sleep(200);
    while ((await read('ckpt.whole.data')) !== '') await sleep(200);
  }

  function prepare(name: string): EngineCluster {
    mkdirSync(server.file(name));
    writeFileSync(server.file(`${name}.ndjson`), '');
    const cluster = new EngineCluster(server.file(name), write(name, files[0]!));
    clusters.push(cluster);
    return cluster;
  }

  /** What one process writes that is begun anew with each file. */
  async function runAlone(): Promise<string> {
    const cluster = prepare('alone');
    for (const [i, file] of files.entries()) {
      cluster.change(write('alone', file));
      appendFileSync(server.file('alone.ndjson'), writeEvents(i * part));
      const worker = cluster.start();
      await pass('alone', (i + 1) * part);
      worker.signal('SIGTERM');
      const { code, text } = await worker.ended;
      expect(code, text).to.equal(0);
    }
    return read('alone');
  }

  it('is gone on with behind the last record of the one before, whoever is killed meanwhile: the bytes of one process', async () => {
    const whole = await runAlone();
    const cluster = prepare('together');
    for (let n = 0; n < 2; n += 1) cluster.start(server.url);
    for (const [i, file] of files.entries()) {
      if (i > 0) {
        cluster.change(write('together', file));
        const reload = cluster.reload(server.url);
        // Now and then in its midst, in its beginning, or behind it.
        await sleep(i * 2_500);
        const victim = cluster.alive[0]!;
        victim.signal('SIGKILL');
        await victim.ended;
        cluster.start(server.url);
        const { code, text } = await reload.ended;
        expect(code, text).to.equal(0);
      }
      appendFileSync(server.file('together.ndjson'), writeEvents(i * part));
      await pass('together', (i + 1) * part);
    }
    await forget('together');
    for (const worker of cluster.alive) worker.signal('SIGTERM');
    await Promise.all(cluster.alive.map(({ ended }) => ended));
    const [found, expected] = [read('together').split('\n'), whole.split('\n')];
    const at = found.findIndex((line, n) => line !== expected[n]);
    expect(at === -1 ? '' : `line ${at + 1}: ${found[at]} for ${expected[at]}`).to.equal('');
    expect(found).to.have.length(expected.length);
  });
});

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { EngineCluster, type Worker } from '../support/engineCluster.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';

const events = Number(process.env['ENGINE_EVENTS'] ?? 20_000);
const groups = 20;
const schedules = Number(process.env['ENGINE_CHAOS'] ?? 1);
const firstSeed = Number(process.env['ENGINE_SEED'] ?? 1);
const lease = 3_000;
const { sleep } = nodeIo();

/** https://en.wikipedia.org/wiki/Linear_congruential_generator; 0 to below `most`. */
function randomFrom(seed: number): (most: number) => number {
  let x = seed >>> 0;
  return (most) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((x / 2 ** 32) * most);
  };
}

function writeInput(path: string): void {
  const random = randomFrom(7);
  const lines = Array.from({ length: events }, (_, n) => {
    const timestamp = new Date(Date.UTC(2026, 2, 14) + n * 150).toISOString();
    const group = `service-${random(groups)}`;
    const isBad = random(400) === 0 || (n % 4_000 > 3_600 && random(3) === 0);
    const text = isBad ? `disk ${random(9)} of ${group} failed` : `request ${n} of user ${random(97)} took ${random(31)} ms`;
    return JSON.stringify({ timestamp, level: isBad ? 'error' : 'info', service: group, text });
  });
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** Where what was written differs from what was expected, at the first line of each file; empty where it does not. */
function findDifferences(found: readonly string[], expected: readonly string[]): string[] {
  return found.flatMap((text, i) => {
    if (text === expected[i]) return [];
    const [here, there] = [text.split('\n'), expected[i]!.split('\n')];
    const at = here.findIndex((line, n) => line !== there[n]);
    return [
      `file ${i}, line ${at + 1} of ${here.length} (${there.length}): ${here[at]?.slice(0, 200)} in place of ${there[at]?.slice(0, 200)}`,
    ];
  });
}

withNats('a pipeline on three processes and a server that are disturbed', function () {
  this.timeout(900_000);
  let server: NatsServer;
  let clusters: EngineCluster[] = [];
  before(async () => {
    server = await NatsServer.start();
    writeInput(server.file('in.ndjson'));
  });
  afterEach(async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    clusters = [];
  });
  after(() => server.stop());

  const pipeline = (name: string, folder: string) => `name: ${name}
checkpoint: { every: 2s }
engine: { partitions: 4, lease: ${lease}ms }
sources:
  in: { file: { path: "${server.file('in.ndjson')}", format: ndjson } }
operators:
  - group_by: { key: service }
  - memory: { window: 1m }
  - rank: {}
  - rules: { rules: [{ name: new-error, when: { state: new, min_level: error } }] }
  - episodes: {}
sinks:
  all: { ndjson: { path: "${folder}/all.ndjson", select: [radar, finding] } }
  events: { ndjson: { path: "${folder}/events.ndjson", select: [event] } }
`;
  function prepare(name: string): { cluster: EngineCluster; read: () => string[] } {
    const folder = server.file(name);
    mkdirSync(folder);
    const cluster = new EngineCluster(folder, pipeline('shop', folder));
    clusters.push(cluster);
    return { cluster, read: () => ['all', 'events'].map((file) => readFileSync(`${folder}/${file}.ndjson`, 'utf8')) };
  }
  async function finish(worker: Worker): Promise<void> {
    const { code, text } = await worker.ended;
    expect(code, text).to.equal(0);
  }
  let expected: string[];
  before('what one process writes', async () => {
    const { cluster, read } = prepare('alone');
    await finish(cluster.start());
    expected = read();
    expect(expected[0]!.split('\n').length).to.be.greaterThan(50);
    expect(expected[1]!.match(/\n/g)).to.have.length(events);
  });

  const clean = async () => {
    const { jsm } = await server.client();
    for await (const { config } of jsm.streams.list()) await jsm.streams.delete(config.name);
  };

  it('writes byte for byte what one process without an engine does', async () => {
    await clean();
    const { cluster, read } = prepare('three');
    const workers = [1, 2, 3].map(() => cluster.start(server.url));
    await Promise.all(workers.map(finish));
    expect(findDifferences(read(), expected)).to.deep.equal([]);
  });

  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1)
    it(`does so whatever is killed, stands still beyond its lease, is started again or comes in: schedule ${seed}`, async () => {
      await clean();
      const random = randomFrom(seed * 7_919);
      const { cluster, read } = prepare(`chaos-${seed}`);
      for (let n = 0; n < 3; n += 1) cluster.start(server.url);
      const all = server.file(`chaos-${seed}/events.ndjson`);
      // Something is at work before it is disturbed.
      while (!existsSync(all)) await sleep(50);
      const done: string[] = [];
      for (let n = 0; n < 6 && cluster.alive.length > 0; n += 1) {
        const { alive } = cluster;
        const victim = alive[random(alive.length)]!;
        const kind = ['kill', 'stop', 'server', 'join', 'leave', 'kill'][random(6)]!;
        done.push(kind);
        if (kind === 'kill') victim.signal('SIGKILL');
        if (kind === 'leave') victim.signal('SIGTERM');
        if (kind === 'stop') {
          victim.signal('SIGSTOP');
          await sleep(lease + random(3_000));
          victim.signal('SIGCONT');
        }
        if (kind === 'server') {
          await server.kill();
          await sleep(random(1_500));
          await server.begin();
        }
        if (kind !== 'stop' && kind !== 'server') cluster.start(server.url);
        await sleep(500 + random(2_500));
      }
      // Those that came late join at the end, or see that all is over and read the input once more: it is the same.
      const left = cluster.alive;
      await Promise.all(left.map(finish));
      expect(findDifferences(read(), expected), done.join(' ')).to.deep.equal([]);
    });
});

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { CuttingProxy } from '../support/cuttingProxy.ts';
import { disturb } from '../support/disturbances.ts';
import { EngineCluster, type Worker } from '../support/engineCluster.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';
import { OpenEngines } from '../support/openEngines.ts';

const events = Number(process.env['ENGINE_EVENTS'] ?? 20_000);
const groups = 100;
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

/** An hour of many services. Now and then one of them is in trouble for some minutes. */
function writeInput(path: string): void {
  const random = randomFrom(7);
  const lines = Array.from({ length: events }, (_, n) => {
    const minute = Math.floor((n * 60) / events);
    const timestamp = new Date(Date.UTC(2026, 2, 14) + Math.floor((n * 3_600_000) / events)).toISOString();
    const group = random(groups);
    const isBad = random(2_000) === 0 || (group === Math.floor(minute / 7) && minute % 7 > 4 && random(3) === 0);
    const text = isBad ? `disk ${random(9)} of service-${group} failed` : `request ${n} of user ${random(97)} took ${random(31)} ms`;
    return JSON.stringify({ timestamp, level: isBad ? 'error' : 'info', service: `service-${group}`, text });
  });
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** Where what was written differs from what was expected, at the first line of each file; empty where it does not. */
function findDifferences(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): string[] {
  return [...new Set([...found.keys(), ...expected.keys()])].flatMap((file) => {
    if (found.get(file) === expected.get(file)) return [];
    const [here, there] = [found, expected].map((files) => (files.get(file) ?? '').split('\n')) as [string[], string[]];
    const at = here.findIndex((line, n) => line !== there[n]);
    return [
      `${file}, line ${at + 1} of ${here.length} (${there.length}): ${here[at]?.slice(0, 200)} in place of ${there[at]?.slice(0, 200)}`,
    ];
  });
}

/** All files of a folder, by path. */
function readAll(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => [`${parentPath.slice(folder.length)}/${name}`, readFileSync(`${parentPath}/${name}`, 'utf8')]),
  );
}

/** Somebody who is told, and keeps the ids of what he was told. */
class Pager {
  readonly #server: Server;
  readonly ids = new Map<string, number>();

  private constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.on('data', (bytes: Buffer) => void (text += bytes.toString()));
      request.on('end', () => {
        const { id } = JSON.parse(text) as { id: string };
        this.ids.set(id, (this.ids.get(id) ?? 0) + 1);
        response.end();
      });
    });
  }

  static async start(): Promise<Pager> {
    const pager = new Pager();
    pager.#server.listen(0, '127.0.0.1');
    await once(pager.#server, 'listening');
    return pager;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

withNats('a pipeline on three processes and a server that are disturbed', function () {
  this.timeout(900_000);
  let server: NatsServer;
  let network: CuttingProxy;
  let pager: Pager;
  let clusters: EngineCluster[] = [];
  const engines = new OpenEngines();
  before(async () => {
    server = await NatsServer.start();
    network = await CuttingProxy.start(Number(new URL(server.url).port));
    pager = await Pager.start();
    writeInput(server.file('in.ndjson'));
  });
  afterEach(async () => {
    await engines.close();
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    clusters = [];
  });
  after(async () => {
    pager.stop();
    await network.stop();
    await server.stop();
  });

  const pipeline = (folder: string) => `name: shop
checkpoint: { every: 2s }
engine: { partitions: 4, lease: ${lease}ms }
sources:
  in: { file: { path: "${server.file('in.ndjson')}", format: ndjson } }
operators:
  - group_by: { key: service }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 20 }
  - spike: { value: blip.count, bucket: none }
  - rules: { rules: [{ name: new-error, when: { state: new, min_level: error } }] }
  - episodes: {}
sinks:
  all: { ndjson: { path: "${folder}/out/all.ndjson", select: [radar, finding] } }
  events: { ndjson: { path: "${folder}/out/events.ndjson", select: [event] } }
  store: { segments: { path: "${folder}/out/store" } }
  pager: { webhook: { format: json, url: "${pager.url}", per_minute: 600, template: { id: "{id}" } } }
`;
  function prepare(name: string): { cluster: EngineCluster; read: () => Map<string, string>; told: () => string[] } {
    const folder = server.file(name);
    mkdirSync(`${folder}/out`, { recursive: true });
    const cluster = new EngineCluster(folder, pipeline(folder));
    clusters.push(cluster);
    pager.ids.clear();
    return { cluster, read: () => readAll(`${folder}/out`), told: () => [...pager.ids.keys()].toSorted() };
  }
  async function finish(worker: Worker): Promise<void> {
    const { code, text } = await worker.ended;
    expect(code, text).to.equal(0);
  }
  let expected: Map<string, string>;
  let toTell: string[];
  before('what one process writes', async () => {
    const { cluster, read, told } = prepare('alone');
    await finish(cluster.start());
    expected = read();
    toTell = told();
    expect(expected.get('/all.ndjson')!.split('\n').length).to.be.greaterThan(50);
    expect(expected.get('/events.ndjson')!.match(/\n/g)).to.have.length(events);
    expect(expected.size).to.be.greaterThan(groups);
    expect(toTell.length).to.be.greaterThan(3);
  });

  const clean = async () => {
    const { jsm } = await server.client();
    for await (const { config } of jsm.streams.list()) await jsm.streams.delete(config.name);
  };

  it('writes byte for byte what one process without an engine does', async () => {
    await clean();
    const { cluster, read, told } = prepare('three');
    const workers = [1, 2, 3].map(() => cluster.start(server.url));
    await Promise.all(workers.map(finish));
    expect(findDifferences(read(), expected)).to.deep.equal([]);
    expect(told()).to.deep.equal(toTell);
  });

  for (let seed = firstSeed; seed < firstSeed + schedules; seed += 1)
    it(`does so whatever is killed, stands still, is cut off, full, started again or comes in: schedule ${seed}`, async () => {
      await clean();
      const random = randomFrom(seed * 7_919);
      const { cluster, read, told } = prepare(`chaos-${seed}`);
      for (let n = 0; n < 3; n += 1) cluster.start(network.url);
      const watch = await engines.open(server.url, { lease });
      // Something is at work before it is disturbed.
      while (!existsSync(server.file(`chaos-${seed}/out/events.ndjson`))) await sleep(50);
      const done: string[] = [];
      const findHolder = async (work: string) => (await watch.holders()).get(work) ?? '';
      while (done.length < 8 && cluster.alive.length > 0) {
        done.push(await disturb({ cluster, server, network, lease, random, findHolder }));
        await sleep(500 + random(3_500));
      }
      if (schedules > 1) console.log(`    schedule ${seed}: ${done.join(', ')}`);
      // Those that came late join at the end, or see that all is over and read the input once more: it is the same.
      await Promise.all(cluster.alive.map(finish));
      expect(findDifferences(read(), expected), done.join(', ')).to.deep.equal([]);
      expect(told(), done.join(', ')).to.deep.equal(toTell);
      rmSync(server.file(`chaos-${seed}`), { recursive: true });
    });
});

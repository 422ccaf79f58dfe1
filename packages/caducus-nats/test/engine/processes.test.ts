import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import { caducus } from '../../../../test/support/caducus.ts';
import { EngineCluster, type Worker } from '../support/engineCluster.ts';
import { NatsServer, withNats } from '../support/natsServer.ts';

const events = 2_500;
/** After how long the work of a process that is not heard of goes to others, milliseconds. */
const lease = 3_000;
const { sleep } = nodeIo();

/** What happens to the processes of a run, one step each some seconds behind the one before. */
type Step = 'kill' | 'stop' | 'resume' | 'join';

withNats('processes that run a pipeline on JetStream', function () {
  this.timeout(900_000);
  let server: NatsServer;
  const clusters: EngineCluster[] = [];

  before(async () => {
    server = await NatsServer.start();
    const began = Date.UTC(2026, 2, 13);
    const lines = Array.from({ length: events }, (_, n) => {
      const text = n % 397 === 0 ? `disk ${n % 5} failed on /data/${n % 3}` : `user u${n % 17} signed in on host-${n % 7}`;
      const timestamp = new Date(began + n * 500).toISOString();
      return JSON.stringify({
        id: `e${n}`,
        timestamp,
        source: 'app',
        group_id: `app:${n % 20}`,
        text,
        metadata: { level: n % 397 === 0 ? 'ERROR' : 'INFO' },
      });
    });
    // The last line is not finished: it is given again whenever the input is read anew.
    writeFileSync(server.file('in.ndjson'), lines.join('\n'));
  });
  after(async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    await server.stop();
  });

  const pipeline = (name: string) => `name: ${name}
sources: { in: { file: { path: "${server.file('in.ndjson')}", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - spike: { value: blip.count, bucket: none }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  radar: { ndjson: { path: "${server.file(name)}/radar.ndjson", select: [blip, radar] } }
  findings: { ndjson: { path: "${server.file(name)}/findings.ndjson", select: [finding] } }
engine: { partitions: 6, lease: ${lease / 1000}s }
`;

  function prepare(name: string): EngineCluster {
    mkdirSync(server.file(name));
    const cluster = new EngineCluster(server.file(name), pipeline(name));
    clusters.push(cluster);
    return cluster;
  }

  async function finish(worker: Worker): Promise<void> {
    const { code, text } = await worker.ended;
    expect(code, text).to.equal(0);
  }

  const written = (name: string) => ['radar', 'findings'].map((sink) => readFileSync(server.file(`${name}/${sink}.ndjson`), 'utf8'));

  /** What commands answer that explain a run, in its data folder. */
  async function explained(name: string): Promise<string[]> {
    const ask = async (...command: string[]) => {
      const { exit, out, err } = await caducus([...command, '--json', '--data-dir', server.file(`${name}/data`)]);
      expect(exit, err).to.equal(0);
      return out;
    };
    const topics = JSON.parse(await ask('topics')) as { topic_id: string }[];
    const found = readFileSync(server.file(`${name}/findings.ndjson`), 'utf8')
      .split('\n')
      .slice(0, -1);
    const { id } = JSON.parse(found.at(-1)!) as { id: string };
    const answers = [JSON.stringify(topics), await ask('explain', topics[0]!.topic_id), await ask('explain', id)];
    answers.push(await ask('context', id), await ask('why-not', 'app:3'), await ask('incidents'), await ask('episodes'));
    return answers.map((answer) => answer.replaceAll(server.file(name), 'FOLDER').replaceAll(`"${name}"`, '"NAME"'));
  }

  /** Runs with two processes at first; resolves once all that live have ended by themselves. */
  async function run(name: string, steps: readonly Step[]): Promise<void> {
    const cluster = prepare(name);
    const join = () => cluster.start(server.url);
    const living = [join(), join()];
    let stopped: Worker | null = null;
    for (const step of steps) {
      await sleep(4_000);
      if (step === 'join') living.push(join());
      else if (step === 'kill') living.shift()!.signal('SIGKILL');
      else if (step === 'stop') (stopped = living[0]!).signal('SIGSTOP');
      else stopped?.signal('SIGCONT');
    }
    await Promise.all(living.map(finish));
  }

  const schedules: Record<string, Step[]> = {
    'are two, let alone': [],
    'of which one is killed, and another comes': ['join', 'kill'],
    'of which one stands still beyond its lease, and goes on as if nothing had been': ['stop', 'join', 'resume'],
  };

  it('write the bytes of one process without an engine, whatever becomes of them', async () => {
    await finish(prepare('alone').start());
    const [radar, findings] = written('alone');
    expect(radar!.length).to.be.greaterThan(100_000);
    expect(findings).to.contain('"rule":"new-error"');
    const whole = await explained('alone');
    for (const [n, [title, steps]] of Object.entries(schedules).entries()) {
      await run(`run-${n}`, steps);
      expect(
        written(`run-${n}`).map((text, i) => text === [radar, findings][i]),
        title,
      ).to.deep.equal([true, true]);
      expect(await explained(`run-${n}`), title).to.deep.equal(whole);
    }
  });
});

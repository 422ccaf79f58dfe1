import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { NatsServer, withNats } from '../support/natsServer.ts';

const events = 2_500;
/** After how long the work of a process that is not heard of goes to others, milliseconds. */
const lease = 3_000;

/** What happens to the processes of a run, one step each some seconds behind the one before. */
type Step = 'kill' | 'stop' | 'resume' | 'join';

withNats('processes that run a pipeline on JetStream', function () {
  this.timeout(900_000);
  let server: NatsServer;
  let project = '';
  const children = new Set<ChildProcess>();

  before(async () => {
    server = await NatsServer.start();
    project = server.file('project');
    mkdirSync(`${project}/node_modules`, { recursive: true });
    symlinkSync(resolve('packages/caducus-nats'), `${project}/node_modules/caducus-nats`);
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
    writeFileSync(`${project}/in.ndjson`, lines.join('\n'));
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await server.stop();
  });

  const pipeline = (name: string) => `name: ${name}
sources: { in: { file: { path: "${project}/in.ndjson", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - spike: { value: blip.count, bucket: none }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  radar: { ndjson: { path: "${server.file(`${name}-radar.ndjson`)}", select: [blip, radar] } }
  findings: { ndjson: { path: "${server.file(`${name}-findings.ndjson`)}", select: [finding] } }
engine: { partitions: 6, lease: ${lease / 1000}s }
`;

  function start(name: string, ...more: string[]): ChildProcess {
    writeFileSync(`${project}/${name}.yaml`, pipeline(name));
    const args = [
      '--import=tsx',
      '--conditions=source',
      resolve('src/cli/main.ts'),
      'run',
      `${project}/${name}.yaml`,
      '--data-dir',
      server.file(name),
    ];
    const child = spawn(process.execPath, [...args, ...more], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
    });
    children.add(child);
    let text = '';
    child.stderr!.on('data', (bytes: Buffer) => void (text += bytes.toString()));
    child.once('close', (code) => code !== null && code !== 0 && process.stderr.write(text));
    return child;
  }

  const written = (name: string) => ['radar', 'findings'].map((sink) => readFileSync(server.file(`${name}-${sink}.ndjson`), 'utf8'));

  /** Runs with two processes at first; resolves once all that live have ended by themselves. */
  async function run(name: string, steps: readonly Step[]): Promise<void> {
    const join = () => start(name, '--engine', server.url);
    const living = [join(), join()];
    let stopped: ChildProcess | null = null;
    for (const step of steps) {
      await wait(4_000);
      if (step === 'join') living.push(join());
      else if (step === 'kill') living.shift()!.kill('SIGKILL');
      else if (step === 'stop') (stopped = living[0]!).kill('SIGSTOP');
      else stopped?.kill('SIGCONT');
    }
    for (const child of living) {
      if (child.exitCode === null) await once(child, 'close');
      expect(child.exitCode, 'it ended well').to.equal(0);
    }
  }

  const schedules: Record<string, Step[]> = {
    'are two, let alone': [],
    'of which one is killed, and another comes': ['join', 'kill'],
    'of which one stands still beyond its lease, and goes on as if nothing had been': ['stop', 'join', 'resume'],
  };

  it('write the bytes of one process without an engine, whatever becomes of them', async () => {
    const [alone] = await once(start('alone'), 'close');
    expect(alone).to.equal(0);
    const [radar, findings] = written('alone');
    expect(radar!.length).to.be.greaterThan(100_000);
    expect(findings).to.contain('"rule":"new-error"');
    for (const [n, [title, steps]] of Object.entries(schedules).entries()) {
      await run(`run-${n}`, steps);
      expect(
        written(`run-${n}`).map((text, i) => text === [radar, findings][i]),
        title,
      ).to.deep.equal([true, true]);
    }
  });
});

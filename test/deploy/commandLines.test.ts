import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readContainerfile } from '../support/deploy/containerfile.ts';
import { secret } from '../support/deploy/chart.ts';
import { freePort, installProgram, nobody, runsAsNobody, StartedProgram } from '../support/deploy/startedProgram.ts';
import { readUnit } from '../support/deploy/unit.ts';

const asNobody = runsAsNobody();
const uid = asNobody ? { uid: nobody } : {};

/** What Fluent Bit's output `splunk` sends of a line of a pod. */
const forwarded = (time: number, log: string) =>
  JSON.stringify({
    time,
    event: {
      log,
      stream: 'stdout',
      kubernetes: {
        pod_name: 'cart-7d9c5b6f4d-x2x9k',
        namespace_name: 'shop',
        pod_id: '8b0e2c1a-6a57-4c6e-9d0e-1d2f3a4b5c6d',
        host: 'node-1',
        container_name: 'cart',
        container_image: 'registry.example/cart:41',
      },
    },
  });

describe(`the command lines of deploy${asNobody ? '' : ' (as this user: nobody cannot be become here)'}`, function () {
  this.timeout(60_000);
  let installed: ReturnType<typeof installProgram>;
  before(() => (installed = installProgram()));
  after(() => installed.remove());

  /** A folder that belongs to who runs. */
  function ownFolder(name: string): string {
    const path = join(installed.folder, name);
    mkdirSync(path);
    if (asNobody) chownSync(path, nobody, nobody);
    return path;
  }

  it('of the unit starts a pipeline, keeps its state where systemd says, and ends with 0 when it is stopped', async () => {
    const { service } = readUnit('deploy/caducus@.service');
    const state = ownFolder('state');
    const port = await freePort();
    const pipeline = join(installed.folder, 'radar.yaml');
    writeFileSync(join(installed.folder, 'app.log'), '2026-03-14T03:00:00Z INFO orders started\n');
    writeFileSync(
      pipeline,
      `name: radar\nsources:\n  app: { file: { path: ${join(installed.folder, 'app.log')}, follow: true } }\nsinks: { store: { segments: {} } }\n`,
    );
    const argv = service['ExecStart']!.split(' ').map((word) =>
      word.replace('/usr/bin/caducus', installed.program).replace('/etc/caducus/%i.yaml', pipeline).replace('${STATE_DIRECTORY}', state),
    );
    const program = new StartedProgram(argv, { env: { CADUCUS_METRICS_LISTEN: `127.0.0.1:${port}` }, cwd: state, ...uid });
    await program.answers(`http://127.0.0.1:${port}/readyz`);
    expect(await program.stop(), program.text).to.equal(0);
    expect(readdirSync(join(state, 'state/radar')).some((name) => name.startsWith('checkpoint-'))).to.equal(true);
  });

  it('of the image listens, takes what the forwarder sends, is found healthy, and ends with 0 when it is stopped', async () => {
    const { run, health, env } = readContainerfile('deploy/Containerfile');
    const state = ownFolder('volume');
    const [port, metrics] = [await freePort(), await freePort()];
    expect(run[0]).to.equal('caducus');
    const argv = [installed.program, ...run.slice(1)].map((word) =>
      word.replace('/etc/caducus/radar.yaml', join(process.cwd(), 'deploy/chart/pipelines/central.yaml')),
    );
    const here = (text: string) =>
      text
        .replace('/var/lib/caducus', state)
        .replace(/0\.0\.0\.0:8686/, `127.0.0.1:${port}`)
        .replace('9464', String(metrics));
    const program = new StartedProgram(argv, {
      env: { ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])), CADUCUS_TOKEN: secret.token },
      cwd: state,
      ...uid,
    });
    const check = () => spawnSync(process.execPath, health.slice(1).map(here)).status;
    expect(check()).to.equal(1);
    await program.answers(`http://127.0.0.1:${metrics}/readyz`);
    expect(check()).to.equal(0);
    const send = (token: string) =>
      fetch(`http://127.0.0.1:${port}/services/collector`, {
        method: 'POST',
        headers: { authorization: `Splunk ${token}` },
        body: [1, 2, 3].map((n) => forwarded(Date.now() / 1000, `2026-03-14T03:00:0${n}Z ERROR payment ${n} was refused`)).join(''),
      });
    expect((await send('not-the-token')).status).to.equal(401);
    expect((await send(secret.token)).status).to.equal(200);
    await program.answers(`http://127.0.0.1:${metrics}/metrics`, /received_events_total\{[^}]*"logs"[^}]*\} 3$/m);
    expect(await program.stop(), program.text).to.equal(0);
    const groups = spawnSync(process.execPath, [installed.program, 'groups', '--data-dir', state, '--json'], { encoding: 'utf8' });
    const [group, ...others] = JSON.parse(groups.stdout) as { group_id: string; events: number }[];
    expect(group).to.include({ group_id: 'logs:shop/cart', events: 3 });
    expect(others).to.deep.equal([]);
  });

  it('of the chart and the unit name no option that the program does not have', () => {
    const { run } = readContainerfile('deploy/Containerfile');
    const { service } = readUnit('deploy/caducus@.service');
    const help = spawnSync(process.execPath, [installed.program, 'run', '--help'], { encoding: 'utf8' }).stdout;
    const options = spawnSync(process.execPath, [installed.program, 'options'], { encoding: 'utf8' }).stdout;
    const deployment = readFileSync('deploy/chart/templates/deployment.yaml', 'utf8');
    const args = /args: \[(.*)\]/.exec(deployment)![1]!.split(', ');
    expect(args).to.deep.equal(run.slice(1));
    for (const word of [...args, ...service['ExecStart']!.split(' ')].filter((one) => one.startsWith('--')))
      expect(help + options).to.contain(word);
  });
});

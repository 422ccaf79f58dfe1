import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { virtualIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
/** Within this time a source that cannot work has said so, milliseconds. */
const patience = 10_000;

describe('a source that cannot work', () => {
  const folder = temporaryFolder();
  let made = 0;

  /** Runs a pipeline with that source: exit code, what stands on stderr, and how long it took by both clocks. */
  async function run(source: string) {
    const home = folder.file(`run-${(made += 1)}`);
    writeFileSync(`${home}.yaml`, `name: p\nsources: { in: ${source} }\nsinks: { out: { segments: {} } }\n`);
    return caducus('run', `${home}.yaml`, '--data-dir', home, '--quiet');
  }
  async function caducus(...args: string[]) {
    const io = virtualIo({ start, env: { HOME: '/nonexistent' } });
    let err = '';
    const began = performance.now();
    const exit = await main(args, '0.0.0-test', { ...io, stderr: { ...io.stderr, write: async (text) => ((err += text), true) } });
    // Sleeps take no time here: that their sum is in bounds is shown where the sources are tested, and by test:wire.
    return { exit, err, took: performance.now() - began };
  }
  const nowhere = 'endpoint: "http://127.0.0.1:1"';
  const aws: Record<string, (more: string) => string> = {
    'cloudwatch-logs': (more) => `{ cloudwatch-logs: { log_groups: [/aws/lambda/auth], ${more} } }`,
    sqs: (more) => `{ sqs: { queue_name: orders-dlq, ${more} } }`,
  };

  for (const [name, source] of Object.entries(aws)) {
    describe(name, () => {
      describe('without a network', () => {
        awsEnvironment();
        it('says what cannot be reached, and what to look at', async () => {
          const { exit, err, took } = await run(source(nowhere));
          expect(exit).to.equal(74);
          expect(err)
            .to.match(/CAD066 .*sources\.in: \w+:\w+: ECONNREFUSED/)
            .and.to.include('Check network, proxy, VPC endpoint');
          expect(took).to.be.lessThan(patience);
        });
      });

      describe('without credentials', () => {
        awsEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
        it('says how to sign in', async () => {
          const { exit, err, took } = await run(source(nowhere));
          expect(exit).to.equal(78);
          expect(err)
            .to.match(/CAD060 .*no credentials/)
            .and.to.include('aws sso login');
          expect(took).to.be.lessThan(patience);
        });
      });

      describe('with a role that cannot be taken', () => {
        const config = folder.file('aws-config');
        before(() =>
          writeFileSync(
            config,
            `[profile web]
role_arn = arn:aws:iam::123456789012:role/x
web_identity_token_file = ${folder.file('no-token')}
[profile role]
role_arn = arn:aws:iam::123456789012:role/x
credential_source = Environment
`,
          ),
        );
        awsEnvironment({ AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' });
        it('names the file of the token that is not there', async () => {
          const { exit, err, took } = await run(source(`profile: web, ${nowhere}`));
          expect(exit).to.equal(78);
          expect(err).to.match(/CAD060 .*no credentials.*no-token/s);
          expect(took).to.be.lessThan(patience);
        });

        it('does not wait for long for a place that gives out credentials', async () => {
          const { exit, err, took } = await run(source(`profile: role, ${nowhere}`));
          expect([exit, /CAD06[06] /.test(err)], err).to.deep.equal([74, true]);
          expect(took).to.be.lessThan(patience);
        });
      });

      describe('without a region', () => {
        awsEnvironment({ AWS_REGION: undefined });
        it('says where to set one', async () => {
          const { exit, err, took } = await run(source(nowhere));
          expect(exit).to.equal(78);
          expect(err)
            .to.match(/CAD061 .*no region/)
            .and.to.include('AWS_REGION');
          expect(took).to.be.lessThan(patience);
        });
      });
    });
  }

  it('http says that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { exit, err, took } = await run(`{ http: { listen: "127.0.0.1:${(taken.address() as { port: number }).port}" } }`);
    await new Promise<void>((resolve) => taken.close(() => resolve()));
    expect(exit).to.equal(74);
    expect(err)
      .to.match(/CAD070 .*cannot listen on 127\.0\.0\.1:\d+/)
      .and.to.include('listen option');
    expect(took).to.be.lessThan(patience);
  });

  it('http does not open itself to the network without a key', async () => {
    const { exit, err } = await run('{ http: { listen: "0.0.0.0:0" } }');
    expect(exit).to.equal(78);
    expect(err)
      .to.match(/CAD071/)
      .and.to.include('Set token, token_file or hmac');
  });

  it('cost and file name the path that is not there', async () => {
    for (const source of ['{ cost: { path: /nowhere/report.csv } }', '{ file: { path: /nowhere/app.log } }']) {
      const { exit, err } = await run(source);
      expect(exit).to.equal(74);
      expect(err).to.match(/CAD010 .*\/nowhere\//s);
    }
  });

  it('demo download, offline, says so and names the shipped sample', async () => {
    const { exit, err, took } = await caducus(
      'demo',
      'download',
      '--dataset',
      'hdfs_v1',
      '--output',
      folder.file('x.csv'),
      '--max-rows',
      '10',
      '--from',
      'http://127.0.0.1:2',
    );
    expect(exit).to.equal(74);
    expect(err)
      .to.match(/CAD074 .*logfit-project\/HDFS_v1 from 127\.0\.0\.1:2: /)
      .and.to.include('fixtures/demo_hdfs_sample.csv');
    expect(took).to.be.lessThan(patience);
  });

  it('demo download refuses a data set, a number of rows and a time that are none', async () => {
    const download = (dataset: string, rows: string, anchor: string) =>
      caducus('demo', 'download', '--dataset', dataset, '--output', folder.file('y.csv'), '--max-rows', rows, '--anchor-now', anchor);
    for (const [args, hint] of [
      [['hdfs', '1', '2026-03-14T03:00:00Z'], 'one of: hdfs_v1, bgl'],
      [['bgl', '0', '2026-03-14T03:00:00Z'], 'whole number'],
      [['bgl', '1', 'soon'], 'is no time'],
    ] as const) {
      const { exit, err } = await download(args[0], args[1], args[2]);
      expect([exit, err.includes(hint)], err).to.deep.equal([64, true]);
    }
  });
});

import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { nodeIo } from '../../src/io.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { temporaryFolder } from '../support/testIo.ts';

/** By the real clock: the pauses between attempts are part of it. */
describe('a source that cannot work says so within 10 s', function () {
  this.timeout(60_000);
  awsEnvironment();
  const folder = temporaryFolder();
  let made = 0;
  // What loading takes is not of the source's making, and as long as the machine is busy.
  before(async () => {
    await Promise.all([
      import('@aws-sdk/client-sqs'),
      import('@aws-sdk/client-cloudwatch-logs'),
      import('../../src/cli/commands/run.ts'),
      import('../../src/cli/commands/demo/download.ts'),
    ]);
  });
  async function run(...args: string[]): Promise<{ exit: number; err: string; took: number }> {
    const io = nodeIo();
    let err = '';
    const began = performance.now();
    const exit = await main(args, '0.0.0-test', {
      ...io,
      env: { HOME: '/nonexistent' },
      stderr: { isTTY: false, columns: 80, write: async (text) => ((err += text), true) },
    });
    return { exit, err, took: performance.now() - began };
  }
  const pipeline = (source: string) => {
    const home = folder.file(`run-${(made += 1)}`);
    writeFileSync(`${home}.yaml`, `name: p\nsources: { in: ${source} }\nsinks: { out: { segments: {} } }\n`);
    return ['run', `${home}.yaml`, '--data-dir', home, '--quiet'];
  };
  const cases: Record<string, () => string[]> = {
    'cloudwatch-logs': () => pipeline('{ cloudwatch-logs: { log_groups: [/a], endpoint: "http://127.0.0.1:1" } }'),
    sqs: () => pipeline('{ sqs: { queue_name: q, endpoint: "http://127.0.0.1:1" } }'),
    'demo download': () => [
      'demo',
      'download',
      '--dataset',
      'bgl',
      '--output',
      folder.file('x.csv'),
      '--max-rows',
      '10',
      '--from',
      'http://127.0.0.1:2',
    ],
  };
  for (const [name, args] of Object.entries(cases)) {
    it(name, async () => {
      const { exit, err, took } = await run(...args());
      console.log(`      ${(took / 1000).toFixed(1)} s`);
      expect([exit, err.includes('ECONNREFUSED')], err).to.deep.equal([74, true]);
      expect(took).to.be.lessThan(10_000);
    });
  }
});

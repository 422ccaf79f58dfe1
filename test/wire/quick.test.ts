import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { KilledRuns } from '../support/runs/killedRuns.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { startWireLogs, startWireQueue, wireEnvironment } from '../support/servers/wireSources.ts';

describe('a process that is killed while it reads from AWS', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let program: string;
  before(async () => (program = await bundledProgram('wire-test')));
  after(() => rmSync(program));

  it('has every log event and every dead letter once, and deletes none before its checkpoint', async () => {
    const logs = await startWireLogs(1_500);
    const queue = await startWireQueue(600);
    const sources = {
      logs: `{ cloudwatch-logs: { log_groups: [/app/0, /app/1], endpoint: "${logs.server.url}", start: "-7h", follow: false, calls_per_second: 100 } }`,
      dlq: `{ sqs: { queue_url: "${queue.queueUrl}", endpoint: "${queue.endpoint}", wait: 0s, visibility: 10m, follow: false, delete: on_checkpoint } }`,
    };
    const runs = new KilledRuns(program, folder.path, { sources, checkpointEvents: 200, env: wireEnvironment });
    try {
      await runs.killedWhen(() => runs.bytes > 60_000);
      const gone = queue.ids.length - queue.there().length;
      expect(gone, 'deleted').to.be.at.most(runs.covered('dlq'));
      await queue.reveal();
      await runs.toItsEnd();
      const ids = runs.ids();
      expect(ids).to.have.lengthOf(2_100);
      expect(new Set(ids.map((id) => id.replace(/^(cw|sqs)-[0-9a-f]{10}-/, '')))).to.deep.equal(new Set([...logs.ids, ...queue.ids]));
      expect(queue.there()).to.deep.equal([]);
    } finally {
      await Promise.all([logs.server.stop(), queue.server.stop()]);
    }
  });
});

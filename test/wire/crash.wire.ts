import { rmSync } from 'node:fs';
import { setTimeout as realTime } from 'node:timers/promises';
import { expect } from 'chai';
import { bundledProgram } from '../../bench/support/program.ts';
import { KilledRuns } from '../support/runs/killedRuns.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { startWireLogs, startWireQueue, wireEnvironment } from '../support/servers/wireSources.ts';

const bare = (ids: readonly string[]) => ids.map((id) => id.replace(/^(cw|sqs)-[0-9a-f]{10}-/, ''));

/** Takes minutes: `npm run test:wire`. The quick variant of it is among the normal tests. */
describe('a process that is killed and started again three times', function () {
  this.timeout(900_000);
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  let program: string;
  before(async () => (program = await bundledProgram('wire')));
  after(() => rmSync(program));

  it('has each of 10,000 log events over 20 streams exactly once, late ones and failing calls among them', async () => {
    const logs = await startWireLogs(10_000, { lateBy: 30_000, faults: true });
    const source = `{ cloudwatch-logs: { log_groups: [/app/0, /app/1], endpoint: "${logs.server.url}", start: "-7h", follow: false, calls_per_second: 100 } }`;
    const runs = new KilledRuns(program, folders[0]!.path, { sources: { logs: source }, checkpointEvents: 700, env: wireEnvironment });
    try {
      const began = Date.now();
      for (const share of [0.2, 0.45, 0.7]) await runs.killedWhen(() => runs.bytes > share * 10_000 * 330);
      const atKills = runs.ids().length;
      await runs.toItsEnd();
      // What was late can be found now; the last minutes are read again for it.
      await realTime(Math.max(0, logs.complete - Date.now()));
      await runs.toItsEnd();
      const ids = bare(runs.ids());
      console.log(
        `      killed ${runs.kills} times, at the last with ${atKills} events in the store; ${[...logs.server.calls.values()].reduce((a, b) => a + b, 0)} calls, a fifth failed; ${Math.round((Date.now() - began) / 1000)} s`,
      );
      expect(runs.kills).to.equal(3);
      expect(ids).to.have.lengthOf(10_000);
      expect(new Set(ids)).to.deep.equal(new Set(logs.ids));
    } finally {
      await logs.server.stop();
    }
  });

  for (const [i, manner] of (['on_checkpoint', 'never'] as const).entries()) {
    it(`has each of 5,000 dead letters exactly once with delete: ${manner}`, async () => {
      const queue = await startWireQueue(5_000);
      const source = `{ sqs: { queue_url: "${queue.queueUrl}", endpoint: "${queue.endpoint}", wait: 0s, visibility: 1h, follow: false, delete: ${manner} } }`;
      const runs = new KilledRuns(program, folders[i + 1]!.path, { sources: { dlq: source }, checkpointEvents: 400, env: wireEnvironment });
      const deletedAtKills: string[] = [];
      try {
        for (const share of [0.2, 0.45, 0.7]) {
          await runs.killedWhen(() => runs.bytes > share * 5_000 * 440);
          const there = new Set(queue.there());
          const gone = queue.ids.filter((id) => !there.has(id));
          deletedAtKills.push(`${gone.length} of ${runs.covered('dlq')}`);
          expect(gone.length, 'deleted before their checkpoint').to.be.at.most(runs.covered('dlq'));
          const kept = new Set(bare(runs.ids()));
          expect(
            gone.filter((id) => !kept.has(id)),
            'deleted and not in the store',
          ).to.deep.equal([]);
          await queue.reveal();
        }
        await runs.toItsEnd();
        console.log(`      killed ${runs.kills} times; deleted of what a checkpoint covered: ${deletedAtKills.join(', ')}`);
        const ids = bare(runs.ids());
        expect(runs.kills).to.equal(3);
        expect(ids).to.have.lengthOf(5_000);
        expect(new Set(ids)).to.deep.equal(new Set(queue.ids));
        expect(queue.there()).to.have.lengthOf(manner === 'never' ? 5_000 : 0);
      } finally {
        await queue.server.stop();
      }
    });
  }
});

import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { askRun } from '../../../src/cli/control/askRun.ts';
import { controlPath } from '../../../src/cli/control/controlPath.ts';
import { caducus } from '../../support/caducus.ts';
import { allOf, controlledRuns } from '../../support/live/control.ts';

describe('speaking to a running pipeline', () => {
  const runs = controlledRuns();

  it('gives every line that it says, to its end', async () => {
    await runs.run('orders', {
      look: async (_wish, { say }) => {
        for (const n of [1, 2, 3]) await say({ n });
      },
    });
    expect(await allOf((await askRun('orders', { ask: 'look' }, runs.context())).answers)).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('goes on until who asked has gone, and is told that', async () => {
    let told: AbortSignal | null = null;
    await runs.run('orders', {
      look: async (_wish, { say, gone }) => {
        told = gone;
        while (await say({})) if (gone.aborted) return;
      },
    });
    const asked = await askRun('orders', { ask: 'look' }, runs.context());
    for await (const _ of asked.answers) asked.close();
    while (!(told as AbortSignal | null)?.aborted) await new Promise((resolve) => setImmediate(resolve));
  });

  it('ends when the run is over, and leaves no socket', async () => {
    const control = await runs.run('orders', {
      look: async (_wish, { say, gone }) => {
        await say({});
        await new Promise((resolve) => gone.addEventListener('abort', resolve));
      },
    });
    const asked = await askRun('orders', { ask: 'look' }, runs.context());
    const said = [];
    for await (const one of asked.answers) {
      said.push(one);
      await control.close();
    }
    expect(said).to.have.length(1);
    expect(existsSync(controlPath(runs.io, runs.dataDir, 'orders'))).to.equal(false);
  });

  it('takes the place of a socket that a crash left', async () => {
    const path = controlPath(runs.io, runs.dataDir, 'orders');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    await runs.run('orders');
    expect(await allOf((await askRun('orders', { ask: 'look' }, runs.context())).answers)).to.have.length(1);
  });

  it('refuses what is no wish, and goes on', async () => {
    await runs.run('orders');
    for (const line of ['no JSON', '{"ask":"erase"}', '{"ask":"tap","from":1,"match":[]}']) {
      const connection = await runs.io.net.connectLocal(controlPath(runs.io, runs.dataDir, 'orders'));
      await connection.write(line);
      expect(await allOf(connection.lines).then(([said]) => said)).to.match(/^\{"error":\{"what":/);
    }
    expect((await caducus(['top', '--data-dir', runs.dataDir])).exit).to.equal(0);
  });

  it('finds a folder that is too deep for a socket', async () => {
    const deep = join(runs.dataDir, 'd'.repeat(60), 'e'.repeat(60));
    expect(Buffer.byteLength(controlPath(runs.io, deep, 'orders'))).to.be.at.most(100);
    expect(controlPath(runs.io, deep, 'orders')).to.not.equal(controlPath(runs.io, deep, 'payments'));
  });
});

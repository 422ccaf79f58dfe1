import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { reloadFile } from '../../../src/cli/run/reloadFile.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import type { ReloadingRun } from '../../../src/run/reload/reloadingRun.ts';
import { main } from '../../../src/cli/program.ts';
import { controlPath } from '../../../src/cli/control/controlPath.ts';
import { nodeIo } from '../../../src/io.ts';
import { caducus } from '../../support/caducus.ts';
import { capturedScreen } from '../../support/testIo.ts';
import { durablePipeline, eventLines } from '../../support/durableRun.ts';

describe('caducus reload', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caducus-reload-'));
    await writeFile(join(folder, 'in.ndjson'), eventLines(50, { inOrder: true }));
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

  const file = (top: number, more = '') =>
    durablePipeline({ path: join(folder, 'in.ndjson') })
      .replace('/d/out', join(folder, 'out'))
      .replace('top: 5', `top: ${top}`)
      .replace('segments: {', `segments: { ${more}`);

  it('lets a running program take its file, refuses a wrong one with its place, and loses nothing', async () => {
    const path = join(folder, 'p.yaml');
    const dataDir = join(folder, 'data');
    await writeFile(path, file(5));
    const io = { ...nodeIo(), stdout: capturedScreen(), stderr: capturedScreen(), terminal: () => null };
    const run = main(['run', path, '--follow', '--data-dir', dataDir], '0.0.0-test', io);
    const until = async (done: () => Promise<boolean>) => {
      while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const ask = () => caducus(['reload', 'p', '--data-dir', dataDir]);
    await until(
      async () =>
        (await nodeIo().files.stat(controlPath(io, dataDir, 'p'))) !== null &&
        (await caducus(['top', 'p', '--json', '--data-dir', dataDir])).out.includes('"in":50'),
    );
    await writeFile(path, file(5).replace('rank: { top: 5 }', 'rank: { topp: 5 }'));
    const wrong = await ask();
    expect(wrong.exit).to.equal(78);
    expect(wrong.err).to.contain('unknown key "topp"');
    await writeFile(path, file(2));
    const taken = await ask();
    expect([taken.exit, taken.out]).to.deep.equal([0, 'p goes on with its file as it is now.\n']);
    await writeFile(join(folder, 'in.ndjson'), eventLines(80, { inOrder: true }));
    await until(async () => (await caducus(['top', 'p', '--json', '--data-dir', dataDir])).out.includes('"in":30'));
    process.emit('SIGTERM', 'SIGTERM');
    expect(await run).to.equal(0);
    expect(io.stderr.text).to.contain('going on from checkpoint');
    const lines = (await readFile(join(folder, 'out', 'radar.ndjson'), 'utf8')).trim().split('\n');
    const ids = lines.flatMap((line) => (/"id":"(e\d{7})"/.exec(line) ? [/"id":"(e\d{7})"/.exec(line)![1]!] : []));
    expect(new Set(ids).size).to.equal(80);
  });

  it('is of a run that is there', async () => {
    expect((await caducus(['reload', 'p', '--data-dir', folder])).err).to.contain('no run of "p" answers');
    await reloadFile({} as ReloadingRun, () => Promise.reject(new Error('no such file')), {} as CliContext).then(
      () => expect.fail('taken'),
      (error: Error) => expect(error.message).to.equal('no such file'),
    );
  });
});

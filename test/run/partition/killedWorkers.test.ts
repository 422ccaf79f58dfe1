import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { crash } from '../../../bench/support/crashing.ts';
import { bundledThreads } from '../../../bench/support/program.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('a program with workers', () => {
  const folder = temporaryFolder();
  let built: Awaited<ReturnType<typeof bundledThreads>>;
  before(async () => {
    built = await bundledThreads('workers-test');
  });
  after(() => rmSync(built.folder, { recursive: true }));

  it('that is killed at random moments writes the bytes of a run left alone without them', async () => {
    const work = join(folder.path, 'work');
    const { program } = built;
    const outcome = await crash({ program, folder: work, events: 3000, every: 250, kills: 4, seed: 5, fsync: 'never', workers: 3 });
    expect(outcome).to.deep.include({ kills: 4, lost: 0, duplicated: 0, same: { 'radar.ndjson': true, 'events/': true } });
  }).timeout(240_000);
});

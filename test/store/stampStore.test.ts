import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../src/io.ts';
import { stampStore } from '../../src/store/stampStore.ts';
import { temporaryFolder } from '../support/storeFixture.ts';

describe('stampStore', () => {
  const dataDir = temporaryFolder();
  const segment = () => join(dataDir(), 'segments', 'g', '2026-03-14.wxyz.ndjson');
  const stamp = () => stampStore(nodeFiles, dataDir());

  it('stays while nothing that events lie in changes, and changes with everything that does', async () => {
    mkdirSync(join(dataDir(), 'segments', 'g'), { recursive: true });
    mkdirSync(join(dataDir(), 'events'));
    mkdirSync(join(dataDir(), 'marks'));
    writeFileSync(segment(), 'one\n');
    const changes: (() => void)[] = [
      () => {},
      () => appendFileSync(segment(), 'two\n'),
      () => {
        writeFileSync(segment(), 'ONE\ntwo\n');
        utimesSync(segment(), 1, 1);
      },
      () => renameSync(segment(), segment().replace('wxyz', 'wxyz.2')),
      () => writeFileSync(join(dataDir(), 'events', 'a.json'), '{}'),
      () => rmSync(join(dataDir(), 'events', 'a.json')),
      () => writeFileSync(join(dataDir(), 'marks', 'marks.ndjson'), '{}\n'),
      () => rmSync(join(dataDir(), 'segments'), { recursive: true }),
    ];
    const before: string[] = [];
    for (const change of changes) {
      change();
      // What is derived is not of the store.
      if (before.length < 4) writeFileSync(join(dataDir(), 'segments', 'g', '2026-03-14.wxyz.index'), String(before.length));
      const now = await stamp();
      expect(await stamp()).to.equal(now);
      if (before.length !== 5) expect(before).not.to.include(now);
      before.push(now);
    }
  });

  it('is of a data folder that is not there, too', async () => {
    expect(await stampStore(nodeFiles, join(dataDir(), 'none'))).to.be.a('string');
  });
});

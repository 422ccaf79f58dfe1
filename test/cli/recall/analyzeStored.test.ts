import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { segments } from '../../../src/sinks/segments.ts';

import { caducus } from '../../support/caducus.ts';
import { sinkContext } from '../../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../../support/storeFixture.ts';

describe('analyzing a stored group', () => {
  const dataDir = temporaryFolder();
  const analyze = (group: string, more: string[] = []) =>
    caducus(['analyze', '--group-id', group, ...more, '--data-dir', dataDir()], { program: 'p' });
  const records = (table: string) => readdirSync(join(dataDir(), 'analysis', table));

  async function fill(from: number, to: number): Promise<void> {
    const sink = await segments.open({ fsync: 'never' }, sinkContext(dataDir()));
    await sink.write(Array.from({ length: to - from }, (_, i) => eventSignal(event(`e${from + i}`, from + i, 'B', `disk ${i} failed`))));
    await sink.close();
  }

  it('writes its topics and its run as records, again where they are gone, though the analysis itself was kept', async () => {
    await fill(0, 20);
    const { out } = await analyze('B', ['--json']);
    const written = [records('topics'), records('runs')];
    rmSync(join(dataDir(), 'analysis'), { recursive: true });
    expect((await analyze('B', ['--json'])).out).to.equal(out);
    expect([records('topics'), records('runs')]).to.deep.equal(written);
  });

  it('takes in what came since', async () => {
    await fill(0, 20);
    const { out } = await analyze('B');
    await fill(20, 30);
    expect((await analyze('B')).out).not.to.equal(out);
  });

  it('says that a group has no events, as text and as JSON', async () => {
    expect((await analyze('none')).out).to.match(/none/);
    expect(JSON.parse((await analyze('none', ['--json'])).out)).to.deep.include({ run: null, topics: [] });
  });
});

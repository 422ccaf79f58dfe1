import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('status', () => {
  const folder = temporaryFolder();

  it('says how a run ended, and knows when there was none', async () => {
    const data = ['--data-dir', folder.file('d')];
    expect((await caducus(['status', ...data])).out).to.contain('No pipeline has run');
    await caducus(['run', 'hdfs-radar', '--quiet', ...data]);
    const { out } = await caducus(['status', ...data]);
    expect(out)
      .to.match(/^STATUS {2}hdfs-radar {5}stopped, at /)
      .and.to.contain('received')
      .and.to.contain('patterns');
    const [status] = JSON.parse((await caducus(['status', 'hdfs-radar', '--json', ...data])).out) as [{ received: number; state: string }];
    expect(status).to.include({ state: 'stopped' });
    expect(status.received).to.be.greaterThan(100);
    expect((await caducus(['status', 'nope', ...data])).exit).to.equal(64);
  });
});

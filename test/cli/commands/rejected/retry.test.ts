import { rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { rejectedSetup } from '../../../support/runs/rejectedSetup.ts';

describe('caducus rejected retry', () => {
  const { folder, data, pipeline, ids } = rejectedSetup();

  it('refuses an id that none has, and leaves what is kept', async () => {
    const { exit, err } = await caducus(['rejected', 'retry', folder.file('p.yaml'), 'zzzz', ...data()]);
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD002').and.to.contain('no rejected record of p has the id "zzzz"').and.to.contain('caducus rejected ls p');
    const [{ count }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [{ count: number }];
    expect(count).to.equal(2);
  });

  it('through a pipeline that is as it was rejects and keeps them again', async () => {
    const { exit, out } = await caducus(['rejected', 'retry', folder.file('p.yaml'), '--json', ...data()]);
    expect(exit).to.equal(0);
    expect(JSON.parse(out)).to.include({ pipeline: 'p', retried: 2, accepted: 0, rejected_again: 2, cut: 0 });
    const [{ count }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [{ count: number }];
    expect(count).to.equal(2);
  });

  it('feeds them through the mended pipeline, and only what is still wrong stays', async () => {
    writeFileSync(folder.file('p2.yaml'), pipeline().replace('{source}:{metadata.component}', '{source}'));
    // The operator has other options now: it starts anew.
    rmSync(folder.file('d/state'), { recursive: true });
    const { out, err } = await caducus(['rejected', 'retry', folder.file('p2.yaml'), ...data()]);
    expect(err).to.equal('');
    expect(out).to.equal('2 retried: 1 accepted, 1 rejected again.\n');
    expect(ids()).to.include('b');
    const [{ count }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [{ count: number }];
    expect(count).to.equal(1);
  });
});

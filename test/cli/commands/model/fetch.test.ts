import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { modelSetup } from '../../../support/runs/modelSetup.ts';

describe('caducus model fetch', () => {
  const { files, caducus, folder, mirror } = modelSetup();

  it('brings every file and tells of each', async () => {
    const { exit, out, err } = await caducus('fetch', '--from', mirror().url, '--unchecked');
    expect(exit).to.equal(0);
    expect(out.trimEnd().split('\n').at(-1)).to.match(/^4 files, .+: whole$/);
    for (const name of files.keys()) expect(err).to.include(name);
    expect((await readdir(folder())).toSorted()).to.deep.equal([...files.keys()].toSorted());
    expect(await caducus('path')).to.include({ err: '' });
  });

  it('goes on after a failure on the way, and says it', async () => {
    mirror().faults.set('vocab.json', [{ status: 503 }]);
    const { exit, err } = await caducus('fetch', '--from', mirror().url, '--unchecked');
    expect(exit).to.equal(0);
    expect(err).to.match(/vocab\.json: .*503.*; trying again/);
  });

  it('refuses what is not the published model: exit 74, and nothing that could be taken for one', async () => {
    const { exit, err } = await caducus('fetch', '--from', mirror().url);
    expect(exit).to.equal(74);
    expect(err).to.include('CAD083').and.include('model.json').and.include('blob id');
    expect(await readdir(folder())).to.not.include('model.json');
  });

  it('refuses an address that is none: exit 78', async () => {
    const { exit, err } = await caducus('fetch', '--from', 'ftp://x');
    expect(exit).to.equal(78);
    expect(err).to.include('CAD013');
  });

  it('--json tells the folder and that it is whole', async () => {
    const { exit, out } = await caducus('fetch', '--from', mirror().url, '--unchecked', '--json');
    expect(exit).to.equal(0);
    expect(JSON.parse(out)).to.deep.include({ folder: folder(), good: true });
  });
});

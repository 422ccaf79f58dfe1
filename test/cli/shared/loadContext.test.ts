import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('--require', () => {
  const folder = temporaryFolder();

  it('of a module that cannot be loaded is an error that says why', async () => {
    const { exit, err } = await caducus(['validate', 'hdfs-radar', '--require', './nothing.mjs']);
    expect(exit).to.equal(78);
    expect(err).to.contain('cannot load ./nothing.mjs').and.to.contain('lists called sources, operators, sinks or embedders');
  });

  it('of a module that fails while it is loaded says with what', async () => {
    writeFileSync(folder.file('broken.mjs'), "throw new Error('no licence');\n");
    const { exit, err } = await caducus(['list', 'operators', '--require', folder.file('broken.mjs')]);
    expect(exit).to.equal(78);
    expect(err).to.contain('CAD020').and.to.contain('no licence');
  });

  it('of a package that is not there is an error as well', async () => {
    const { exit, err } = await caducus(['list', '--require', 'no-such-package-of-caducus']);
    expect(exit).to.equal(78);
    expect(err).to.contain('cannot load no-such-package-of-caducus');
  });
});

describe('a pipeline file', () => {
  const folder = temporaryFolder();

  it('is read with the configuration in its variables, single values only', async () => {
    writeFileSync(
      folder.file('p.yaml'),
      'name: p\nsources: { in: { file: { path: "${config.data_dir}/x.log" } } }\nsinks: { out: { console: {} } }\n',
    );
    const { exit, err } = await caducus(['validate', folder.file('p.yaml'), '--data-dir', folder.file('d')]);
    expect(exit, err).to.equal(0);
  });
});

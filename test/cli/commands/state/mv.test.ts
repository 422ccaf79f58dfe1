import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { stateSetup } from '../../../support/runs/stateSetup.ts';

describe('caducus state mv', () => {
  const { folder, pipeline, data } = stateSetup();

  it('lets a pipeline go on under a new name, and refuses a name that is taken or cannot be one', async () => {
    const own = ['--data-dir', folder.file('renamed')];
    await caducus(['run', pipeline(), ...own]);
    const { exit, err } = await caducus(['state', 'mv', 'watch', 'watch-all', ...own]);
    expect(exit, err).to.equal(0);
    expect(err).to.match(/watch is watch-all now: \d+ checkpoints? moved/);
    const renamed = folder.file('renamed.yaml');
    writeFileSync(renamed, readFileSync(pipeline(), 'utf8').replace('name: watch', 'name: watch-all'));
    const again = await caducus(['run', renamed, ...own]);
    expect([again.exit, again.err]).to.satisfy(([code, text]: [number, string]) => code === 0 && text.includes('going on from checkpoint'));
    expect((await caducus(['topics', '--pipeline', 'watch-all', ...own])).exit).to.equal(0);
    expect((await caducus(['state', 'mv', 'watch', 'other', ...own])).exit, 'nothing is left').to.not.equal(0);
    expect((await caducus(['state', 'mv', 'watch-all', '../x', ...own])).exit, 'no name').to.equal(64);
    await caducus(['run', pipeline(), ...own]);
    expect((await caducus(['state', 'mv', 'watch-all', 'watch', ...own])).err).to.contain('has state of its own');
  });

  it('of a pipeline that has none says which have', async () => {
    const { exit, err } = await caducus(['state', 'mv', 'wotch', 'other', ...data()]);
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD040').and.to.contain('no state of a pipeline "wotch"').and.to.contain('Pipelines with state: watch.');
  });
});

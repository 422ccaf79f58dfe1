import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { stateSetup } from '../../support/runs/stateSetup.ts';

describe('caducus state', () => {
  const { folder, pipeline, data } = stateSetup();

  it('a change of the keys is refused with what to do, and both ways out of it work', async () => {
    const changed = folder.file('changed.yaml');
    writeFileSync(changed, readFileSync(pipeline(), 'utf8').replace('key: group_id', 'key: source'));
    for (const way of [
      ['run', changed, '--accept-changes'],
      ['state', 'rm', 'watch'],
    ]) {
      const own = ['--data-dir', folder.file(`keys-${way[0]}`)];
      await caducus(['run', pipeline(), ...own]);
      const refused = await caducus(['run', changed, ...own]);
      expect(refused.exit).to.equal(78);
      expect(refused.err).to.contain('operator group_by has another key').and.to.contain('--accept-changes');
      expect((await caducus([...way, ...own])).exit).to.equal(0);
      expect((await caducus(['run', changed, ...own])).exit).to.equal(0);
    }
  });

  it('a run says which checkpoint it goes on from, and which it passed over', async () => {
    const state = folder.file('d/state/watch');
    const newest = readdirSync(state)
      .filter((name) => name.startsWith('checkpoint-'))
      .toSorted()
      .at(-1)!;
    writeFileSync(`${state}/${newest}`, 'torn');
    const { err, exit } = await caducus(['run', pipeline(), ...data()]);
    expect(exit).to.equal(0);
    expect(err)
      .to.contain(`passed over ${state}/${newest}: torn`)
      .and.to.match(/going on from checkpoint \d+ \(/);
  });
});

import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { stateSetup } from '../../../support/runs/stateSetup.ts';

describe('caducus state ls', () => {
  const { folder, pipeline, data } = stateSetup();

  it('names each pipeline with the checkpoint its next run goes on from', async () => {
    const { out, exit } = await caducus(['state', 'ls', ...data()]);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/checkpoint +written +size +records +newest event +process +pipeline/)
      .and.to.match(/\d +2\d{3}-.* 60 .* - +watch/);
    const rows = JSON.parse((await caducus(['state', 'ls', '--json', ...data()])).out) as {
      pipeline: string;
      records: number;
      pid: null;
    }[];
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ pipeline: 'watch', records: 60, pid: null });
  });

  it('of a data folder in which nothing has run says so, and is an empty list as JSON', async () => {
    const empty = ['--data-dir', folder.file('empty')];
    expect(await caducus(['state', 'ls', ...empty])).to.deep.equal({
      exit: 0,
      out: 'No state: no pipeline has run in this data folder.\n',
      err: '',
    });
    expect(JSON.parse((await caducus(['state', 'ls', '--json', ...empty])).out)).to.deep.equal([]);
  });

  it('calls a pipeline broken whose checkpoints are all torn', async () => {
    const own = ['--data-dir', folder.file('torn')];
    await caducus(['run', pipeline(), ...own]);
    const state = folder.file('torn/state/watch');
    for (const name of readdirSync(state)) if (name.startsWith('checkpoint-')) writeFileSync(`${state}/${name}`, 'torn');
    expect((await caducus(['state', 'ls', ...own])).out).to.match(/broken +- .* - +watch/);
    const [row] = JSON.parse((await caducus(['state', 'ls', '--json', ...own])).out) as object[];
    expect(row).to.include({ pipeline: 'watch', checkpoint: null, written: null, newest: null, records: 0 });
  });
});

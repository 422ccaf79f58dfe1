import { readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { stateSetup } from '../../../support/runs/stateSetup.ts';

describe('caducus state show', () => {
  const { folder, pipeline, data } = stateSetup();

  it('tells where sources and sinks stand and what the operators hold', async () => {
    const { out } = await caducus(['state', 'show', 'watch', ...data()]);
    expect(out)
      .to.contain('source    in: 60 records')
      .and.to.contain('operator  memory: 4 keys, ')
      .and.to.contain('sink      out (ndjson): {"path":');
  });

  it('--json has positions, keys and checkpoints', async () => {
    const shown = JSON.parse((await caducus(['state', 'show', 'watch', '--json', ...data()])).out) as Record<string, unknown>;
    expect(shown).to.include({ pipeline: 'watch' });
    expect(shown['passed_over']).to.deep.equal([]);
    const { sources, operators } = shown as { sources: { id: string; records: number }[]; operators: { id: string; keys: number }[] };
    expect(sources.map(({ id, records }) => [id, records])).to.deep.equal([['in', 60]]);
    expect(operators.map(({ id, keys }) => [id, keys])).to.deep.include(['memory', 4]);
  });

  it('of checkpoints that are all torn names each and exits 78', async () => {
    const own = ['--data-dir', folder.file('torn')];
    await caducus(['run', pipeline(), ...own]);
    const state = folder.file('torn/state/watch');
    const torn = readdirSync(state).filter((name) => name.startsWith('checkpoint-'));
    for (const name of torn) writeFileSync(`${state}/${name}`, 'torn');
    const { exit, err } = await caducus(['state', 'show', 'watch', ...own]);
    expect(exit).to.equal(78);
    expect(err).to.contain('CAD042').and.to.contain('no checkpoint can be used');
    for (const name of torn) expect(err).to.contain(name);
  });

  it('of a pipeline that has none says which have', async () => {
    const { exit, err } = await caducus(['state', 'show', 'wotch', ...data()]);
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD040').and.to.contain('no state of a pipeline "wotch"').and.to.contain('Pipelines with state: watch.');
  });
});

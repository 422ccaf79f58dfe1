import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { stateSetup } from '../../../support/runs/stateSetup.ts';

describe('caducus state rm', () => {
  const { folder, pipeline, data } = stateSetup();

  it('--operator forgets what one operator knows: all else goes on where it stood', async () => {
    const own = ['--data-dir', folder.file('forgetful')];
    await caducus(['run', pipeline(), ...own]);
    const unknown = await caducus(['state', 'rm', 'watch', '--operator', 'memry', ...own]);
    expect([unknown.exit, unknown.err]).to.satisfy(([code, text]: [number, string]) => code === 64 && text.includes('group_by, memory'));
    const { exit, err } = await caducus(['state', 'rm', 'watch', '--operator', 'memory', ...own]);
    expect(exit, err).to.equal(0);
    expect(err).to.contain('memory starts anew with the next run');
    const { operators, sources } = JSON.parse((await caducus(['state', 'show', 'watch', '--json', ...own])).out) as {
      operators: { id: string }[];
      sources: { records: number }[];
    };
    expect([operators.map(({ id }) => id), sources[0]!.records]).to.deep.equal([['group_by'], 60]);
    const again = await caducus(['run', pipeline(), ...own]);
    expect([again.exit, again.err]).to.satisfy(([code, text]: [number, string]) => code === 0 && text.includes('operator memory is new'));
  });

  it('of a pipeline that has none says which have', async () => {
    const { exit, err } = await caducus(['state', 'rm', 'wotch', ...data()]);
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD040').and.to.contain('no state of a pipeline "wotch"').and.to.contain('Pipelines with state: watch.');
  });

  it('forgets it, and the next run starts anew', async () => {
    const removed = await caducus(['state', 'rm', 'watch', ...data()]);
    expect(removed.err).to.contain('the next run starts anew');
    expect((await caducus(['state', 'ls', ...data()])).out).to.contain('No state');
    const { err } = await caducus(['run', pipeline(), ...data()]);
    expect(err).not.to.contain('going on from');
    expect(JSON.parse((await caducus(['state', 'ls', '--json', ...data()])).out)).to.have.length(1);
  });
});

import { expect } from 'chai';
import { askRun } from '../../../src/cli/control/askRun.ts';
import { caducus } from '../../support/caducus.ts';
import { allOf, controlledRuns } from '../../support/live/control.ts';

describe('asking a running pipeline', () => {
  const runs = controlledRuns();

  it('top asks for a name where several run, and says which do where that one does not', async () => {
    await runs.run('orders');
    await runs.run('payments');
    const several = await caducus(['top', '--data-dir', runs.dataDir]);
    expect([several.exit, several.err]).to.deep.equal([64, several.err]);
    expect(several.err).to.contain('2 pipelines run').and.to.contain('Name one: orders, payments.');
    const other = await caducus(['top', 'nope', '--data-dir', runs.dataDir]);
    expect(other.err).to.contain('no run of "nope"').and.to.contain('Running: orders, payments.');
  });

  it('top says how to start one where none runs', async () => {
    const { exit, err } = await caducus(['top', '--data-dir', runs.dataDir]);
    expect(exit).to.equal(64);
    expect(err).to.contain('Start one with caducus run');
  });

  it('without a name asks the only one that runs', async () => {
    await runs.run('orders');
    const { pipeline, answers } = await askRun('orders', { ask: 'look' }, runs.context());
    expect([pipeline, (await allOf(answers)).length]).to.deep.equal(['orders', 1]);
  });
});

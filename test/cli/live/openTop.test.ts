import { expect } from 'chai';
import { openTop } from '../../../src/cli/live/openTop.ts';
import { caducus } from '../../support/caducus.ts';
import { controlledRuns } from '../../support/live/control.ts';
import { sampleLook } from '../../support/live/look.ts';

describe('caducus top', () => {
  const runs = controlledRuns();

  it('top prints how the only run stands, with its components', async () => {
    await runs.run('orders');
    const { exit, out } = await caducus(['top', '--data-dir', runs.dataDir]);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/^RADAR  orders/)
      .and.to.contain('k7f2')
      .and.to.contain('pager');
    expect(JSON.parse((await caducus(['top', 'orders', '--json', '--data-dir', runs.dataDir])).out)).to.deep.equal(
      JSON.parse(JSON.stringify({ ...sampleLook(), schema: 1 })),
    );
  });

  it('shows nothing that is not there', async () => {
    await openTop('orders', true, runs.context()).then(
      () => expect.fail('shown'),
      (error: Error) => expect(error.message).to.contain('no run of "orders" answers'),
    );
  });
});

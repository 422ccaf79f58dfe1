import { expect } from 'chai';
import { command } from '../../../src/cli/commands/tap.ts';
import { caducus } from '../../support/caducus.ts';
import { controlledRuns, tapped } from '../../support/live/control.ts';

describe('caducus tap', () => {
  const runs = controlledRuns();

  it('tap prints the sample and says what it let go of', async () => {
    await runs.run('orders');
    const { exit, out, err } = await caducus(['tap', 'orders.app', '--data-dir', runs.dataDir]);
    expect([exit, out.split('\n').length - 1]).to.deep.equal([0, 3]);
    expect(out).to.contain('WARN   app  line 0');
    expect(err).to.equal('3 shown of 48,210 that went by; 48,000 not looked at, so that the run is not slowed.\n');
    const two = await caducus(['tap', 'orders', '--limit', '2', '--json', '--data-dir', runs.dataDir]);
    expect(
      two.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).to.deep.equal(tapped.signals.slice(0, 2).map((signal) => ({ ...signal, schema: 1 })));
  });

  it('tap hands on what the run refuses', async () => {
    await runs.run('orders');
    const { exit, err } = await caducus(['tap', 'orders.nope', '--data-dir', runs.dataDir]);
    expect(exit).to.equal(64);
    expect(err).to.contain('no source, operator or port "nope"').and.to.contain('Points of it: app.');
  });

  it('has examples of a pipeline, of a point in it, and of a match', () => {
    expect(command.examples.join('\n'))
      .to.match(/tap [\w-]+\n/)
      .and.to.match(/tap [\w-]+\.\w+ --match/);
  });
});

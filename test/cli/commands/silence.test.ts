import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Mark } from '../../../src/signal.ts';
import { marksFile } from '../../../src/store/marks.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('caducus silence, of groups and labels', () => {
  const folder = temporaryFolder();
  const silence = (...args: string[]) => caducus(['silence', ...args, '--data-dir', folder.file('d')]);
  const last = () =>
    JSON.parse(
      readFileSync(marksFile(folder.file('d')), 'utf8')
        .trim()
        .split('\n')
        .at(-1)!,
    ) as Mark;

  it('leaves a mark with a schedule, in the zone of the user', async () => {
    const { exit, out, err } = await silence(
      '--group',
      '^batch',
      '--every',
      'week',
      '--begin',
      'Sun 02:00',
      '--for',
      '4h',
      '--time-zone',
      'Europe/Berlin',
      '--comment',
      'patching',
    );
    expect(exit, err).to.equal(0);
    expect(out).to.equal('silenced  groups ^batch, every week from Sun 02:00 Europe/Berlin for 4h, "patching"\n');
    expect(last()).to.deep.include({
      target: '',
      match: { group: '^batch' },
      schedule: { every: 'week', minutes: 8760, zone: 'Europe/Berlin', lasts_ms: 14_400_000 },
    });
    expect(last().until).to.equal(undefined);
  });

  it('leaves one by labels, with an end', async () => {
    expect((await silence('--label', 'namespace=staging', '--label', 'rule=new-error', '--for', '8h')).exit).to.equal(0);
    expect(last().match).to.deep.equal({ labels: { namespace: 'staging', rule: 'new-error' } });
    expect(last().until).to.be.a('string');
  });

  const wrong: [string[], RegExp][] = [
    [['--for', '1h'], /says nothing to silence/],
    [['abcd', '--group', 'x', '--for', '1h'], /exclude each other/],
    [['--group', 'x'], /needs an end/],
    [['--group', '(', '--for', '1h'], /RE2 syntax/],
    [['--label', 'staging', '--for', '1h'], /no name=value/],
    [['--group', 'x', '--every', 'day', '--for', '1h'], /--begin.* is missing/],
    [['--group', 'x', '--every', 'day', '--begin', 'noon', '--for', '1h'], /"noon" is no time of a day/],
    [['--group', 'x', '--every', 'day', '--begin', '02:00'], /how long each lasts/],
    [['--group', 'x', '--begin', '02:00', '--for', '1h'], /says when of what/],
  ];
  for (const [args, message] of wrong) it(`refuses ${args.join(' ')}`, async () => expect((await silence(...args)).err).to.match(message));
});

import { statSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../../../src/io.ts';
import { keepUndelivered } from '../../../../src/store/undelivered.ts';
import { caducus } from '../../../support/caducus.ts';
import { rejectedSetup } from '../../../support/runs/rejectedSetup.ts';

describe('caducus rejected ls', () => {
  const { folder, data } = rejectedSetup();

  it('lists by pipeline and reason', async () => {
    const { out } = await caducus(['rejected', 'ls', ...data()]);
    expect(out).to.contain('REJECTED  p     2 rejected: ').and.to.contain('in.ndjson:2').and.to.contain('caducus rejected retry p');
    expect((await caducus(['rejected', 'ls', 'other', ...data()])).out).to.equal('Nothing was rejected by other.\n');
  });

  it('lists the messages that a sink gave up too', async () => {
    const data = folder.file('undelivered');
    const finding = {
      id: 'e7c1aaaa',
      rule: 'new-error',
      type: 'rule',
      state: 'firing',
      severity: 'critical',
      group_id: 'g',
      title: 'Disk failure\u001b[31m',
      since: '2026-03-14T03:05:32.000Z',
      updated: '2026-03-14T03:05:32.000Z',
      result: {},
    } as const;
    for (const sink of ['pager', 'slack'])
      await keepUndelivered(nodeFiles, data, { at: '2026-03-14T03:06:00.000Z', pipeline: 'orders', sink, why: 'HTTP 400', finding });
    const { out, exit } = await caducus(['rejected', 'ls', '--data-dir', data]);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/^UNDELIVERED {2}2 given up$/m)
      .and.to.match(/2026-03-14 03:06:00Z {2}orders pager {2}firing {2}Disk failure\S* {2}HTTP 400/);
    expect(out).not.to.contain('\u001b[31m');
    expect(JSON.parse((await caducus(['rejected', 'ls', 'orders', '--json', '--data-dir', data])).out)).to.have.length(2);
    expect((await caducus(['rejected', 'ls', 'others', '--data-dir', data])).out).to.contain('Nothing was rejected');
    expect(statSync(`${data}/undelivered/orders.pager.ndjson`).mode & 0o777).to.equal(0o600);
  });

  it('--limit leaves out the oldest, says how many, and counts them all the same', async () => {
    const { out } = await caducus(['rejected', 'ls', '--limit', '1', ...data()]);
    expect(out).to.contain('2 rejected: ').and.to.contain('1 older ones: --limit 2');
    const [row] = JSON.parse((await caducus(['rejected', 'ls', '--limit', '1', '--json', ...data()])).out) as [
      { count: number; records: object[] },
    ];
    expect([row.count, row.records.length]).to.deep.equal([2, 1]);
  });

  it('of a data folder without any says so, and is an empty list as JSON', async () => {
    const empty = ['--data-dir', folder.file('empty')];
    expect(await caducus(['rejected', 'ls', ...empty])).to.deep.equal({ exit: 0, out: 'Nothing was rejected.\n', err: '' });
    expect(JSON.parse((await caducus(['rejected', 'ls', '--json', ...empty])).out)).to.deep.equal([]);
  });

  it('refuses a limit that is none', async () => {
    const { exit, err } = await caducus(['rejected', 'ls', '--limit', 'none', ...data()]);
    expect(exit).to.equal(64);
    expect(err).to.contain('expected a whole number of at least 1');
  });
});

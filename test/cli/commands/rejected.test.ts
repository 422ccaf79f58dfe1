import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { keepUndelivered } from '../../../src/store/undelivered.ts';
import { main } from '../../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

async function caducus(...args: string[]) {
  const io = testIo({ env: { HOME: '/nonexistent' } });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

const at = (minute: number) => `2026-03-14T00:0${minute}:00Z`;
const good = (id: string, minute: number, text = 'ok') =>
  JSON.stringify({ id, timestamp: at(minute), source: 's', group_id: 'g', text, metadata: {} });

describe('rejected records', () => {
  const folder = temporaryFolder();
  const data = () => ['--data-dir', folder.file('d')];
  const pipeline = (more = '') => `name: p
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators:
  - normalize: { group_id: "{source}:{metadata.component}" }
sinks: { out: { ndjson: { path: "${folder.file('out.ndjson')}" } } }
${more}`;
  const ids = () =>
    readFileSync(folder.file('out.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { id: string }).id);

  before(() => {
    writeFileSync(folder.file('p.yaml'), pipeline());
    const fine = JSON.stringify({ id: 'a', timestamp: at(1), source: 's', group_id: 'g', text: 'ok', metadata: { component: 'c' } });
    writeFileSync(folder.file('in.ndjson'), `${fine}\n{"password":"hunter2\n${good('b', 2, 'api_key=q7Zt2LmX')}\n`);
  });

  it('are kept by every run, redacted, from the intake and from operators', async () => {
    const { exit, err } = await caducus('run', folder.file('p.yaml'), ...data());
    expect(err, err)
      .to.contain('caducus rejected ls')
      .and.to.match(/in {2,}3 {2,}0s {3}in\.ndjson, \d+ bytes, 2 secrets redacted/);
    expect(exit).to.equal(0);
    expect(ids()).to.deep.equal(['a']);
    expect(readFileSync(folder.file('d/rejected/p.ndjson'), 'utf8')).to.not.match(/hunter2|q7Zt2LmX/);
  });

  it('are listed by pipeline and reason', async () => {
    const { out } = await caducus('rejected', 'ls', ...data());
    expect(out).to.contain('REJECTED  p     2 rejected: ').and.to.contain('in.ndjson:2').and.to.contain('caducus rejected retry p');
    expect((await caducus('rejected', 'ls', 'other', ...data())).out).to.equal('Nothing was rejected by other.\n');
  });

  it('stand beside the messages that a sink gave up', async () => {
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
    const { out, exit } = await caducus('rejected', 'ls', '--data-dir', data);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/^UNDELIVERED {2}2 given up$/m)
      .and.to.match(/2026-03-14 03:06:00Z {2}orders pager {2}firing {2}Disk failure\S* {2}HTTP 400/);
    expect(out).not.to.contain('\u001b[31m');
    expect(JSON.parse((await caducus('rejected', 'ls', 'orders', '--json', '--data-dir', data)).out)).to.have.length(2);
    expect((await caducus('rejected', 'ls', 'others', '--data-dir', data)).out).to.contain('Nothing was rejected');
    expect(statSync(`${data}/undelivered/orders.pager.ndjson`).mode & 0o777).to.equal(0o600);
  });

  it('are shown one by one, by any beginning of an id', async () => {
    const [{ records }] = JSON.parse((await caducus('rejected', 'ls', '--json', ...data())).out) as [
      { records: { id: string; place: { line?: number } }[] },
    ];
    const { id } = records.find(({ place }) => place.line === 2)!;
    const { out } = await caducus('rejected', 'show', id.slice(0, 6), ...data());
    expect(out).to.contain('{"password":"[redacted:secret]').and.to.contain('reason    ');
    expect((await caducus('rejected', 'show', 'zzzz', ...data())).exit).to.equal(64);
  });

  it('go through the mended pipeline again, and only what is still wrong stays', async () => {
    writeFileSync(folder.file('p2.yaml'), pipeline().replace('{source}:{metadata.component}', '{source}'));
    // The operator has other options now: it starts anew.
    rmSync(folder.file('d/state'), { recursive: true });
    const { out, err } = await caducus('rejected', 'retry', folder.file('p2.yaml'), ...data());
    expect(err).to.equal('');
    expect(out).to.equal('2 retried: 1 accepted, 1 rejected again.\n');
    expect(ids()).to.include('b');
    const [{ count }] = JSON.parse((await caducus('rejected', 'ls', '--json', ...data())).out) as [{ count: number }];
    expect(count).to.equal(1);
  });

  it('more of them than max_rejected end the run with exit code 65 and the way to see them', async () => {
    for (const [limit, exit] of [
      ['1', 65],
      ['2', 0],
      ['0.5', 65],
      ['0.7', 0],
    ] as const) {
      writeFileSync(folder.file('q.yaml'), pipeline(`max_rejected: ${limit}`).replace('name: p', `name: q${limit.replace('.', '-')}`));
      writeFileSync(folder.file('in.ndjson'), `{\n{\n${good('c', 3)}\n`);
      const result = await caducus('run', folder.file('q.yaml'), '--quiet', ...data());
      expect(result.exit, limit).to.equal(exit);
      if (exit === 65)
        expect(result.err).to.contain('CAD019').and.to.contain('2 of 3 records were rejected').and.to.contain('caducus rejected ls');
    }
  });
});

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

const page = readFileSync('docs/tutorial.md', 'utf8');

describe('the outage of the tutorial', () => {
  const folder = temporaryFolder();

  it('leads its radar, with what fell silent under it, and what is usual below', async () => {
    const io = testIo({ env: { HOME: folder.path } });
    const data = ['--data-dir', folder.file('d')];
    await main(['demo', 'init', folder.path], '0.0.0-test', io, null);
    expect(await main(['radar', folder.file('access.log'), ...data], '0.0.0-test', io, null), io.stderr.text).to.equal(0);
    const rows = [...io.stdout.text.matchAll(/^ +(\d+) +(?:ERROR|WARN|-) +(\w+) .*? {2}((?:GET|POST) .*)$/gm)];
    expect(rows.map(([, , state, what]) => [state, what]).slice(0, 4)).to.deep.equal([
      ['new', 'POST /checkout 5xx'],
      ['falling', 'POST /checkout 2xx'],
      ['falling', 'GET /orders/<id> 2xx'],
      ['steady', 'GET /products/<id> 4xx'],
    ]);
    for (const [, score, state] of rows) expect(Number(score) > 50, state).to.equal(state !== 'steady');
  });
});

describe('the incident of the tutorial', () => {
  const folder = temporaryFolder();
  const read = (name: string) => readFileSync(folder.file(name), 'utf8');
  const before = process.cwd();
  /** Once it is over, as whoever reads the page is. */
  const type = async (...args: string[]) => {
    const io = testIo({ env: { HOME: '/nonexistent' }, start: Date.UTC(2026, 2, 14, 3, 20) });
    process.chdir(folder.path);
    try {
      expect(await main(args, '0.0.0-test', io, null), io.stderr.text).to.equal(0);
    } finally {
      process.chdir(before);
    }
    return io.stdout.text;
  };

  it('is met after an earlier one, on which there is a note, and a change', async () => {
    await type('demo', 'init');
    writeFileSync(folder.file('app.log'), read('earlier.log') + read('quiet.log'));
    await type('run', 'radar.yaml');
    expect(await type('incidents')).to.match(/\nra3c {2}2026-03-14 01:20Z {5}29m {2}resolved {9}3 /);
    await type('note', 'ra3c', 'disk swapped', '--link', 'https://tracker.example/INC-0987');
    await type('change', 'hdfs-config r214', '--at', '2026-03-14T02:58Z');
    appendFileSync(folder.file('app.log'), read('incident.log'));
  });

  it('sends what the page shows', async () => {
    const [, message] = /```text\n(\[critical\][^]*?)```/.exec(page)!;
    expect(await type('run', 'radar.yaml', '--dry-run')).to.contain(message);
    expect(await type('run', 'radar.yaml')).to.contain(message);
  });

  it('is told with what came first, its host and its predecessor', async () => {
    const explained = await type('explain', 'fqcq');
    expect(explained).to.contain('\n  came first    7.1 bits  change hdfs-config r214: 7m before');
    expect(explained).to.match(
      /\n {2}seen before {2}ra3c 2026-03-14 01:20Z, 29m, 3 of 4 patterns\.\n +Note: "disk swapped", https:\S+INC-0987\n/,
    );
    expect(await type('entity', 'dn2')).to.match(/^ENTITY {2}dn2 [^]*With \/data\/3 68[^]*Remembered by radar since/);
    expect(await type('context', 'disk failure on dn2')).to.match(/usually before {2}a4sa[^]*ra3c.*"disk swapped"/);
    expect(await type('incident', 'fqcq')).to.match(/-7:00[^\n]*hdfs-config r214\n[^]*ea79[^]*seen before/);
    expect(await type('postmortem', 'fqcq')).to.contain('`disk swapped`');
  });
});

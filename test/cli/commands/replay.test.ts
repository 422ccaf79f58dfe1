import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { incidentLog, quietLog } from '../../../src/cli/demo/demoLog.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/storeFixture.ts';

const radar = `name: p
sources: { log: { file: { path: "\${LOG:?the log}" } } }
operators: [ { group_by: { key: group_id } }, { memory: { window: "\${WINDOW:-5m}" } }, { rank: { top: 8 } } ]
sinks: { out: { ndjson: { path: "\${config.data_dir}/out/p.ndjson", select: [radar] } } }
`;

const crowded = `name: p
sources: { in: { file: { path: "\${LOG:?the events}", format: ndjson } } }
operators: [ { group_by: { key: group_id } }, { memory: { window: 1m, max_groups: 3 } }, { rank: { top: 8 } } ]
sinks: { out: { ndjson: { path: "\${config.data_dir}/out/p.ndjson", select: [blip, radar] } } }
`;

/** One event a second, in nine groups one after the other. */
const events = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i)
    .map(
      (i) =>
        `${JSON.stringify({ id: `e${String(i).padStart(6, '0')}`, timestamp: new Date(Date.UTC(2026, 2, 14) + i * 1000).toISOString(), group_id: `g:${i % 9}`, text: `service did thing ${i}` })}\n`,
    )
    .join('');

describe('caducus replay', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder(), name);
  const out = (data: string) => readFileSync(join(at(data), 'out', 'p.ndjson'), 'utf8');
  const run = (env: Record<string, string>, ...args: string[]) =>
    caducus(['run', at('p.yaml'), '--quiet', ...args], { env: { LOG: at('log'), ...env } });
  const replay = (env: Record<string, string>, ...args: string[]) => caducus(['replay', at('rec'), ...args], { env });

  it('runs with the settings of the recording, set or not, whatever is set now', async () => {
    writeFileSync(at('p.yaml'), radar);
    writeFileSync(at('log'), quietLog() + incidentLog());
    await run({}, '--record', at('rec'), '--data-dir', at('d'));
    expect((JSON.parse(readFileSync(at('rec/recording.json'), 'utf8')) as { variables: object }).variables).to.deep.equal({
      LOG: at('log'),
      WINDOW: null,
    });
    expect((await replay({ WINDOW: '1m', LOG: '/nowhere' }, '--data-dir', at('again'))).exit).to.equal(0);
    expect(out('again')).to.equal(out('d'));
  });

  it('--diff says what the settings of now would change, pattern by pattern', async () => {
    writeFileSync(at('p.yaml'), radar);
    writeFileSync(at('log'), quietLog() + incidentLog());
    await run({}, '--record', at('rec'), '--data-dir', at('d'));
    expect((await replay({}, '--diff')).out).to.equal('DIFF  0 new, 0 gone, 0 moved, 8 the same\n');
    const lines = (await replay({ WINDOW: '10s' }, '--diff')).out.trimEnd().split('\n');
    expect(lines[0]).to.match(/^DIFF {2}0 new, 0 gone, [1-8] moved, [0-7] the same$/);
    expect(lines.slice(1, 3)).to.deep.equal(['', '       score   now   rank   now  group         pattern']);
    for (const line of lines.slice(3)) expect(line).to.match(/^moved {2,6}\d+ {2,5}\d+ {5,6}\d {5}\d {2}log:DataNode {2}\S.*$/);
    const moved = JSON.parse((await replay({ WINDOW: '10s' }, '--diff', '--json')).out) as {
      moved: { before: { score: number }; after: { score: number } }[];
    };
    expect(moved.moved.length).to.equal(lines.length - 3);
  });

  it('finds groups that share a state, at the beginning of the recording and in its middle', async () => {
    writeFileSync(at('p.yaml'), crowded);
    writeFileSync(at('log'), events(0, 600));
    await run({}, '--data-dir', at('d'));
    appendFileSync(at('log'), events(600, 1200));
    await run({}, '--record', at('rec'), '--data-dir', at('d'));
    const { exit, err } = await replay({}, '--data-dir', at('again'));
    expect(exit, err).to.equal(0);
    expect(out('again').length).to.be.greaterThan(10_000);
    expect(out('d').endsWith(out('again'))).to.equal(true);
  });

  it('says where it begins when it is asked for a time', async () => {
    writeFileSync(at('p.yaml'), crowded);
    writeFileSync(at('log'), events(0, 60));
    await run({}, '--record', at('rec'), '--data-dir', at('d'));
    expect((await replay({}, '--from', '2026-03-14T00:00:30Z')).err).to.contain('Began at its start: there is no snapshot before --from.');
    const { err } = await replay({}, '--to', '00:00:20Z');
    expect(err, 'a time of day is one of the recording').to.match(/received +21\n/);
    expect((await replay({}, '--from', '2026-03-14T00:00:30Z', '--to', '2026-03-14T00:00:20Z')).err).to.contain(
      'error CAD002  --to: lies before --from',
    );
  });

  it('--follow is refused where nothing can go on, and in a dry run', async () => {
    writeFileSync(
      at('p.yaml'),
      crowded.replace('{ file: { path: "${LOG:?the events}", format: ndjson } }', `{ store: { path: "${at('d')}" } }`),
    );
    expect((await run({}, '--follow')).err).to.contain('error CAD002  --follow: no source of this pipeline can go on reading');
    expect((await run({}, '--follow', '--dry-run')).err).to.contain('--dry-run and --follow exclude each other');
  });
});

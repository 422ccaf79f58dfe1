import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Blip } from '../../../src/signal.ts';
import { caducus, incidentRadar } from '../../support/runs/incidentRadar.ts';

describe('caducus topics', () => {
  const { folder, data } = incidentRadar();

  it('are those of the last run while the store is empty, with what their rates do', async () => {
    const { out } = await caducus(['topics', '--group', 'cloudwatch:/hdfs/datanode', ...data]);
    expect(out).to.match(/^id +weight +tier +life +state +count +last seen +pattern\n/);
    expect(out).to.match(/^\w{4} +0\.50 +warm +new +new +96 +03:19:24Z +Disk failure on dn2/m);
    const { out: fresh } = await caducus(['topics', '--state', 'new', '--json', ...data]);
    expect((JSON.parse(fresh) as Blip[]).map(({ label }) => label.split(' ')[0])).to.have.members(['Disk', 'Slow', 'DataNodeVolumeFailed']);
  });

  it('tell with --lineage what became one with what, newest first', async () => {
    const own = ['--data-dir', folder.file('lineage')];
    const lines = ['ann', 'bob', 'cy'].map((name, i) => `2026-03-14T01:0${i}:00Z INFO session closed for user ${name}\n`);
    writeFileSync(folder.file('users.log'), lines.join(''));
    await caducus(['radar', folder.file('users.log'), '--window', '5m', ...own]);
    const { out } = await caducus(['topics', '--lineage', '--json', ...own]);
    const rows = JSON.parse(out) as { topic_id: string; merged: string; from: string; into: string; at: string }[];
    expect(rows.map(({ merged }) => merged).sort()).to.deep.equal(['template', 'template', 'topic']);
    expect(new Set(rows.map(({ at }) => at))).to.deep.equal(new Set(['2026-03-14T01:02:00.000Z']));
    expect(new Set(rows.filter(({ merged }) => merged === 'template').map(({ into }) => into)).size).to.equal(1);
    const { out: text } = await caducus(['topics', '--lineage', ...own]);
    expect(text).to.match(
      /^time +merged +from +into +id +pattern\n01:02:00Z +(?:template|pattern) +\w{4} +\w{4} +\w{4} +session closed for user <\*>\n/,
    );
    expect((await caducus(['topics', '--lineage', '--group', 'none', ...own])).out).to.equal('Nothing was merged.\n');
  });

  it('of the store can be explained by their ids', async () => {
    const store = ['--data-dir', folder.file('store')];
    await caducus(['demo', 'ingest', '--input', 'fixtures/demo_hdfs_sample.csv', ...store]);
    const { out } = await caducus(['topics', '--json', ...store]);
    const [first] = JSON.parse(out) as Blip[];
    expect((await caducus(['explain', first!.topic_id, ...store])).out).to.match(/^EXPLAIN/);
    expect((await caducus(['events', '--pattern', first!.topic_id, '--json', ...store])).out.trim().split('\n')).to.have.lengthOf(
      first!.total,
    );
  });

  it('of a data folder that knows none is an empty list', async () => {
    const empty = ['--data-dir', folder.file('empty')];
    expect(await caducus(['topics', '--json', ...empty])).to.deep.equal({ exit: 0, out: '[]\n', err: '' });
    expect((await caducus(['topics', ...empty])).exit).to.equal(0);
  });

  it('refuse a state that is none, and a pipeline of which nothing is known', async () => {
    const state = await caducus(['topics', '--state', 'nwe', ...data]);
    expect(state.exit).to.equal(64);
    expect(state.err).to.include('"nwe" is no state').and.include('did you mean "new"?');
    const pipeline = await caducus(['topics', '--pipeline', 'nope', ...data]);
    expect(pipeline.exit).to.equal(64);
    expect(pipeline.err).to.include('nope');
  });
});

import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Event } from '../../../src/event.ts';
import { parse as parseCsv } from 'csv-parse/sync';
import { caducus } from '../../support/caducus.ts';
import { folder as folderSink } from '../../../src/sinks/folder.ts';
import { segments } from '../../../src/sinks/segments.ts';
import { sinkContext } from '../../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../../support/storeFixture.ts';

const odd: Event = {
  ...event('odd/../id %', 3, 'app:b', 'said "no", then\nbroke'),
  metadata: { level: 'ERROR', nested: { n: 1 }, list: ['a', 'b'] },
};
const stored: Event[] = [event('a1', 1), event('a2', 2, 'app:a', 'disk full'), odd, event('a4', 4, 'app:a', 'disk full')];

describe('caducus export', () => {
  const folder = temporaryFolder();
  const store = () => join(folder(), 'data');
  const run = (...args: string[]) => caducus(['export', ...args, '--data-dir', store()]);

  const segment = () => {
    const group = join(store(), 'segments', readdirSync(join(store(), 'segments'))[0]!);
    return join(group, readdirSync(group)[0]!);
  };

  /** The events lie in both layouts, so that both are read. */
  beforeEach(async () => {
    for (const [sink, group] of [
      [await segments.open({}, sinkContext(store())), 'app:a'],
      [await folderSink.open({}, sinkContext(store())), 'app:b'],
    ] as const) {
      await sink.write(stored.filter(({ group_id: one }) => one === group).map(eventSignal));
      await sink.flush();
      await sink.close();
    }
  });

  it('writes a folder of single files, each the whole record, with the analysis of each group', async () => {
    const copy = join(folder(), 'copy');
    const { exit, out } = await run(copy);
    expect(exit).to.equal(0);
    expect(out.split('\n')[1]).to.equal('4 events of 2 groups, 4 new, 0 there already, analysis 3 topics in 2 runs.');
    const records = readdirSync(join(copy, 'events')).map((name) => JSON.parse(readFileSync(join(copy, 'events', name), 'utf8')) as Event);
    expect(records.toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1))).to.deep.equal(
      stored.map((event) => ({ ...event, schema: 1 })),
    );
    expect(readdirSync(copy).toSorted()).to.deep.equal(['analysis', 'events']);
    for (const [table, key] of [
      ['topics', 'topic_id'],
      ['runs', 'run_id'],
    ] as const) {
      for (const name of readdirSync(join(copy, 'analysis', table))) {
        expect(JSON.parse(readFileSync(join(copy, 'analysis', table, name), 'utf8'))).to.have.property(key, name.replace(/\.json$/, ''));
      }
    }
  });

  it('says in a folder what analyze says there, and can be opened as a store', async () => {
    const copy = join(folder(), 'copy');
    await run(copy);
    const runs = readdirSync(join(copy, 'analysis/runs'));
    const { out } = await caducus(['analyze', '--group-id', 'app:a', '--data-dir', copy, '--json']);
    expect(runs).to.include(`${(JSON.parse(out) as { run: { run_id: string } }).run.run_id}.json`);
    expect(readdirSync(join(copy, 'analysis/runs'))).to.deep.equal(runs);
    expect((await caducus(['groups', '--data-dir', copy, '--json'])).out).to.equal(
      (await caducus(['groups', '--data-dir', store(), '--json'])).out,
    );
  });

  it('changes nothing the second time', async () => {
    const copy = join(folder(), 'copy');
    await run(copy);
    const files = () =>
      readdirSync(copy, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => join(one.parentPath, one.name))
        .toSorted();
    const state = () => files().map((path) => [path, statSync(path).mtimeMs, readFileSync(path, 'utf8')]);
    const before = state();
    expect((await run(copy)).out).to.contain('0 new, 4 there already');
    expect(state()).to.deep.equal(before);
  });

  it('takes the events a filter asks for, as events does', async () => {
    const ids = (text: string) =>
      text
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as Event).id);
    for (const filter of [
      [],
      ['--group', 'app:a'],
      ['--grep', 'disk'],
      ['--since', '2026-03-14T00:02Z'],
      ['--until', '2026-03-14T00:03Z', '--limit', '1'],
      ['--group', 'none'],
    ]) {
      const events = await caducus(['events', ...filter, '--json', '--data-dir', store()]);
      expect(ids((await run(...filter)).out), filter.join(' ')).to.deep.equal(ids(events.out));
    }
    expect((await run(join(folder(), 'some'), '--grep', 'disk', '--no-analysis')).out).to.contain(
      '2 events of 1 group, 2 new, 0 there already.',
    );
    expect(readdirSync(join(folder(), 'some'))).to.deep.equal(['events']);
  });

  it('writes ndjson on standard output, every record whole, and nothing else', async () => {
    const { out, err } = await run();
    expect(err).to.equal('');
    expect(out).to.equal(stored.map((one) => `${JSON.stringify({ ...one, schema: 1 })}\n`).join(''));
  });

  it('writes csv that reads back as it was, with the columns that are asked for', async () => {
    const [head, ...rows] = parseCsv((await run('--format', 'csv')).out);
    expect(head).to.deep.equal(['id', 'timestamp', 'source', 'group_id', 'level', 'text', 'metadata']);
    expect(
      rows.map(([id, timestamp, source, group_id, , text, metadata]) => ({
        id,
        timestamp,
        source,
        group_id,
        text,
        metadata: JSON.parse(metadata!) as unknown,
      })),
    ).to.deep.equal(stored);
    expect((await run('--format', 'csv', '--fields', 'metadata.nested.n, text, metadata.none', '--group', 'app:b')).out).to.equal(
      'n,text,none\n1,"said ""no"", then\nbroke",\n',
    );
    expect((await run('--format', 'csv', '--fields', 'text,metadata.text', '--limit', '1')).out).to.equal('text,metadata.text\nline a1,\n');
  });

  it('writes a file as a whole, in the form of its ending, and says so as JSON', async () => {
    const path = join(folder(), 'out.ndjson');
    writeFileSync(path, 'old');
    const { out } = await run(path, '--json');
    expect(JSON.parse(out)).to.deep.equal({
      format: 'ndjson',
      path,
      events: 4,
      groups: 2,
      first: stored[0]!.timestamp,
      last: stored[3]!.timestamp,
      unreadable: 0,
      schema: 1,
    });
    expect(readFileSync(path, 'utf8')).to.equal((await run()).out);
    expect(readdirSync(folder())).to.deep.equal(['data', 'out.ndjson']);
    expect((await caducus(['radar', path, '--window', '1m'])).out).to.contain('disk full');
  });

  it('names what it cannot read and goes on', async () => {
    appendFileSync(segment(), '{"id":"x"\n');
    const { exit, out, err } = await run(join(folder(), 'copy'));
    expect(exit).to.equal(0);
    expect(out).to.contain('4 new, 0 there already').and.to.contain('1 unreadable, left out.');
    expect(err).to.match(/^left out: .*segments.*\.ndjson\)\n$/);
  });

  const refused: [args: string[], says: string][] = [
    [['out.txt'], 'nothing is written as ".txt"'],
    [['--format', 'xml'], '"xml" is no format'],
    [['--format', 'folder'], 'a folder needs a name'],
    [['out.ndjson', '--fields', 'id'], 'columns are of csv'],
    [['--format', 'csv', '--json'], 'csv or JSON, not both'],
    [['--limit', '0'], 'a whole number of at least 1'],
  ];
  for (const [args, says] of refused) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { exit, out, err } = await run(...args);
      expect({ exit, out }).to.deep.equal({ exit: 64, out: '' });
      expect(err).to.contain(`error CAD002`).and.to.contain(says);
    });
  }

  it('refuses to write the store into itself', async () => {
    expect((await run(`${store()}/`)).err).to.contain('is the store itself');
  });

  it('leaves a file alone that it cannot replace', async () => {
    const path = join(folder(), 'nowhere', 'out.csv');
    const { exit, err } = await run(path);
    expect(exit).to.equal(74);
    expect(err).to.contain('error CAD011').and.to.contain('ENOENT');
  });
});

import { makeRecord, nodeIo, type Json, type OpenSink, type Signal } from 'caducus';
import { eventSignal } from 'caducus/testing';
import { expect } from 'chai';
import client, { type Sql } from 'postgres';
import { changedFinding } from '../../../test/support/findings.ts';
import { temporaryFolder } from '../../../test/support/testIo.ts';
import { episode } from '../../../test/support/views/viewSamples.ts';
import { postgres } from '../src/sink.ts';
import { PostgresServer, withPostgres } from './support/postgresServer.ts';

withPostgres('the sink postgres', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let server: PostgresServer;
  let sql: Sql;
  let made = 0;
  let table: string;
  const sinks: OpenSink[] = [];

  before(async () => {
    server = await PostgresServer.start();
    sql = client(server.url, { password: 'secret', max: 1, onnotice: () => undefined });
  });
  after(async () => {
    await sql?.end();
    await server?.stop();
  });
  beforeEach(() => void (table = `found_${(made += 1)}`));
  afterEach(async () => {
    for (const sink of sinks.splice(0)) await sink.close();
  });

  const context = (from: Json | null = null) => ({ io: nodeIo(), id: 'out', dataDir: folder.path, from, pipeline: 'shop' });
  const open = async (more: object = {}, from: Json | null = null) => {
    const sink = await postgres.open(
      { url: server.url, password: 'secret', table, select: ['event', 'finding'], drain: '0s', ...more },
      context(from),
    );
    sinks.push(sink);
    return sink;
  };
  const rows = (columns = 'title') => sql.unsafe<Record<string, unknown>[]>(`select ${columns} from ${table} order by time, title`);
  const events = (...texts: string[]): Signal[] => texts.map((text, i) => eventSignal(text, Date.UTC(2026, 2, 14) + i));
  /** What was sent has come, or there is trouble. */
  const until = async (done: () => boolean) => {
    while (!done()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('makes its table, and writes a row a record with what is asked for most, and all of it as jsonb', async () => {
    const sink = await open();
    const finding: Signal = {
      kind: 'finding',
      time: Date.UTC(2026, 2, 14),
      key: '',
      finding: changedFinding(episode, { state: 'firing' }),
    };
    await sink.write([finding]);
    await sink.flush();
    const [row] = await rows('pipeline, kind, time, group_id, severity, state, title, record');
    expect(row).to.deep.include({ pipeline: 'shop', kind: 'finding', group_id: episode.group_id, state: 'firing', title: episode.title });
    expect(row!['time']).to.deep.equal(new Date(Date.UTC(2026, 2, 14)));
    expect(row!['record']).to.deep.include(JSON.parse(JSON.stringify(makeRecord(finding))) as object);
    expect(sink.counters).to.deep.equal({ written: 1, filtered: 0, failed: 0, held: 0 });
  });

  it('has each record once, however often it is sent', async () => {
    for (let run = 0; run < 2; run += 1) {
      const sink = await open();
      await sink.write(events('a', 'b'));
      await sink.flush();
    }
    expect((await rows()).map(({ title }) => title)).to.deep.equal(['a', 'b']);
  });

  it('holds whatever a record holds', async () => {
    const sink = await open();
    const odd = ['nul \u0000 in it', 'half \ud83d of a character', "quote ' and \\u0000 escaped", 'émoji 🚀'];
    await sink.write(events(...odd));
    await sink.flush();
    expect((await rows('title')).map(({ title }) => title).toSorted()).to.deep.equal(
      ['nul \ufffd in it', 'half \ufffd of a character', "quote ' and \\u0000 escaped", 'émoji 🚀'].toSorted(),
    );
  });

  it('leaves out the one row that the table refuses, and says why', async () => {
    await (await open()).write([]);
    const sink = await open();
    await sink.write(events('first'));
    await sink.flush();
    await sql.unsafe(`alter table ${table} add check (title <> 'bad')`);
    await sink.write(events('good', 'bad', 'fine'));
    await until(() => sink.counters.written + sink.counters.failed === 4);
    expect((await rows()).map(({ title }) => title)).to.have.members(['first', 'good', 'fine']);
    expect(sink.note!()).to.match(/^1 refused: 127\.0\.0\.1:\d+: .*check constraint.*23514/);
  });

  it('writes what waited when the server is back, nothing lost and nothing twice', async () => {
    const sink = await open();
    await sink.write(events('before'));
    await sink.flush();
    await server.kill();
    await sink.write(events('while away 1', 'while away 2'));
    await sink.flush();
    expect(sink.counters.held).to.equal(2);
    expect(sink.trouble!()?.why).to.match(/^127\.0\.0\.1:\d+: /);
    await server.begin();
    await until(() => sink.counters.written === 3);
    expect((await rows()).map(({ title }) => title)).to.have.members(['before', 'while away 1', 'while away 2']);
  });

  it('keeps in the checkpoint what a server that is away was not sent', async () => {
    const away = await open({ url: 'postgres://postgres@127.0.0.1:1/postgres' });
    await away.write(events('a'));
    await away.flush();
    const saved = JSON.parse(JSON.stringify(away.position!())) as Json;
    const sink = await open({}, saved);
    await sink.flush();
    expect((await rows()).map(({ title }) => title)).to.deep.equal(['a']);
  });

  it('waits for a table, a password and a right that are missing, and says which', async () => {
    const wrong: [object, RegExp][] = [
      [{ createTable: false }, /does not exist \(42P01\)/],
      [{ password: 'wrong' }, /password authentication failed.* \(28P01\)/],
      [{ table: 'nowhere.found' }, /schema "nowhere" does not exist \(3F000\)/],
    ];
    for (const [options, why] of wrong) {
      const sink = await open(options);
      await sink.write(events('a'));
      await until(() => sink.trouble!() !== null);
      expect(sink.trouble!()!.why).to.match(why);
      expect(sink.counters).to.include({ failed: 0, held: 1 });
    }
  });

  it('needs no right to make tables where the table is there', async () => {
    const first = await open();
    await first.write(events('a'));
    await first.flush();
    await sql.unsafe(`create role only_${table} login password 'secret'; grant insert, select on ${table} to only_${table}`);
    const sink = await open({ url: server.url.replace('postgres@', `only_${table}@`) });
    await sink.write(events('b'));
    await sink.flush();
    expect(sink.counters.written).to.equal(1);
  });

  it('says, for a check, which server it is and whether the table is there; nothing is made', async () => {
    const probe = (more: object = {}) =>
      postgres.spec.probe!(postgres.spec.options.parse({ url: server.url, password: 'secret', table, ...more }), context());
    expect(await probe()).to.match(new RegExp(`^PostgreSQL 1\\d.*, no table ${table} yet$`));
    const refused = async (more: object) =>
      probe(more).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await refused({ password: 'wrong' })).to.match(/CAD020.*password authentication failed/);
    expect(await refused({ url: 'postgres://postgres@127.0.0.1:1/x' })).to.match(/CAD066.*ECONNREFUSED/);
  });
});

describe('the options of the sink postgres', () => {
  const problem = (more: object) => postgres.spec.options.safeParse({ url: 'postgres://radar@db/ops', ...more }).error?.issues[0]?.message;

  it('take no password in the address, and no table that is no name', () => {
    expect(problem({})).to.equal(undefined);
    expect(problem({ table: 'ops.found' })).to.equal(undefined);
    expect(problem({ url: 'postgres://radar:secret@db/ops' })).to.include('password_file');
    expect(problem({ table: 'a; drop table b' })).to.include('the name of a table');
  });
});

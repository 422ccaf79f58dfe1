import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeIo } from 'caducus';
import { expect } from 'chai';
import client, { type Sql } from 'postgres';
import { temporaryFolder } from '../../../test/support/testIo.ts';
import { PostgresServer, withPostgres } from './support/postgresServer.ts';

const lines = 6_000;

withPostgres('a run that writes to postgres', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const children = new Set<ChildProcess>();
  let server: PostgresServer;
  let sql: Sql;

  before(async () => {
    server = await PostgresServer.start();
    sql = client(server.url, { password: 'secret', max: 1, onnotice: () => undefined });
    const start = Date.UTC(2026, 2, 14);
    const line = (n: number) =>
      `${new Date(start + n * 200).toISOString()} ${n % 701 === 0 ? `ERROR disk ${n} failed` : `INFO request ${n} of user ${n % 17} took ${n % 31} ms`}\n`;
    writeFileSync(folder.file('app.log'), Array.from({ length: lines }, (_, n) => line(n)).join(''));
    mkdirSync(folder.file('node_modules'), { recursive: true });
    symlinkSync(resolve('packages/caducus-postgres'), folder.file('node_modules/caducus-postgres'));
  });
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    await sql?.end();
    await server?.stop();
  });

  function start(name: string): ChildProcess {
    const file = folder.file(`${name}.yaml`);
    writeFileSync(
      file,
      `name: shop
checkpoint: { events: 500, every: 1h }
sources: { app: { file: { path: "${folder.file('app.log')}" } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: {}
  - rules: [{ name: new-error, when: { state: new, min_level: error } }]
sinks:
  out: { postgres: { url: "${server.url}", password: secret, table: ${name}, select: [event, radar, finding], batch: 100, max_outbox: 300 } }
`,
    );
    const parameters = ['--import=tsx', '--conditions=source', resolve('src/cli/main.ts'), 'run', file, '--quiet'];
    const child = spawn(process.execPath, [...parameters, '--data-dir', folder.file(`data-${name}`)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: resolve('tsconfig.packages.json') },
    });
    children.add(child);
    let text = '';
    child.stderr!.on('data', (bytes: Buffer) => void (text += bytes.toString()));
    child.once('close', (code) => code !== null && code !== 0 && process.stderr.write(text));
    return child;
  }
  /** Rows that the table holds; 0 while it is not there. */
  const count = async (name: string) => {
    const found = await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${name}`).catch(() => [{ n: 0 }]);
    return found[0]!.n;
  };
  const rows = (name: string) => sql.unsafe<{ id: string; record: unknown }[]>(`select id, record from ${name} order by id`);

  it('killed again and again, and the server with it: each record once, the same as without', async () => {
    expect((await once(start('clean'), 'close'))[0]).to.equal(0);
    const whole = await rows('clean');
    expect(whole.length).to.be.greaterThan(lines);
    for (const [round, least] of [700, 2_000, 4_100].entries()) {
      const child = start('killed');
      while ((await count('killed')) < least && child.exitCode === null) await nodeIo().sleep(5);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      expect(child.signalCode).to.equal('SIGKILL');
      if (round !== 1) continue;
      await server.kill();
      await server.begin();
    }
    expect((await once(start('killed'), 'close'))[0]).to.equal(0);
    expect(await count('killed')).to.equal(whole.length);
    expect(await rows('killed')).to.deep.equal(whole);
  });
});

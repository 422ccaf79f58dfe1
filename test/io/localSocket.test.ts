import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectLocal, listenLocal, type LocalConnection, type LocalServer } from '../../src/io/localSocket.ts';
import { allOf } from '../support/live/control.ts';

describe('a socket of this machine', () => {
  let folder: string;
  let server: LocalServer;
  let theirs: LocalConnection[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caducus-socket-'));
    theirs = [];
    server = await listenLocal(join(folder, 's'), (connection) => theirs.push(connection));
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  const connect = async () => {
    const ours = await connectLocal(join(folder, 's'));
    while (theirs.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return [ours, theirs[0]!] as const;
  };

  it('carries lines both ways, however long and in whatever script', async () => {
    const [ours, other] = await connect();
    const lines = ['one', '', 'zwölf 注文', 'x'.repeat(300_000)];
    for (const line of lines) void other.write(line);
    other.end();
    expect(await allOf(ours.lines)).to.deep.equal(lines);
  });

  it('says so when the other side has gone', async () => {
    const [ours, other] = await connect();
    const gone = new Promise<void>((resolve) => other.gone(resolve));
    ours.cut();
    await gone;
    expect(await other.write('to nobody')).to.equal(false);
  });

  it('is nowhere when nobody listens', async () => {
    await connectLocal(join(folder, 'other')).then(
      () => expect.fail('connected'),
      (error: NodeJS.ErrnoException) => expect(error.code).to.equal('ENOENT'),
    );
  });
});

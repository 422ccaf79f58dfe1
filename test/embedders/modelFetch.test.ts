import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { modelFetch, type FetchProgress } from '../../src/embedders/modelFetch.ts';
import { readModel } from '../../src/embedders/use/modelFiles.ts';
import type { Published } from '../../src/embedders/use/sentenceEncoder.ts';
import { CaducusError } from '../../src/errors.ts';
import { nodeFiles } from '../../src/io.ts';
import { fileServer, type FileServer } from './support/fileServer.ts';
import { temporaryFolders } from './support/folders.ts';
import { modelLike, publishedOf } from './support/publishedFiles.ts';
import { quietIo } from './support/quietIo.ts';

const rejection = (promise: Promise<unknown>): Promise<CaducusError> =>
  promise.then(
    () => expect.fail('it was expected to reject'),
    (error: unknown) => {
      expect(error).to.be.instanceOf(CaducusError);
      return error as CaducusError;
    },
  );

describe('model fetch', () => {
  const folderOf = temporaryFolders();
  const files = modelLike([200_000, 70_000]);
  let published: Published;
  let server: FileServer;

  before(async () => void (published = await publishedOf(files)));
  beforeEach(async () => void (server = await fileServer(files)));
  afterEach(() => server.close());

  const start = async (more: { onProgress?: (progress: FetchProgress) => void; folder?: string; attempts?: number } = {}) => {
    const { folder = await folderOf(), ...rest } = more;
    const io = quietIo();
    return { io, folder, report: modelFetch({ io, folder, from: `${server.url}/mirror/`, published, timeout: 25_000, ...rest }) };
  };

  it('brings every file and reports a good model', async () => {
    const seen: FetchProgress[] = [];
    const { folder, report } = await start({ onProgress: (progress) => seen.push(progress) });
    expect((await report).good).to.equal(true);
    expect((await readdir(folder)).toSorted()).to.deep.equal([...files.keys()].toSorted());
    for (const [name, bytes] of files) expect(Buffer.compare(await readFile(join(folder, name)), bytes), name).to.equal(0);
    expect(seen.at(-1)).to.include({ file: 'group1-shard2of2', done: 3, files: 4, received: 70_000, total: 70_000 });
  });

  it('fetches nothing again that is there and good', async () => {
    const { folder, report } = await start();
    await report;
    server.asked.length = 0;
    await (
      await start({ folder })
    ).report;
    expect(server.asked).to.deep.equal([]);
  });

  it('goes on inside one run where the connection was cut', async () => {
    server.faults.set('group1-shard1of2', [{ cutAfter: 120_000 }]);
    const { report } = await start();
    expect((await report).good).to.equal(true);
    const ranges = server.asked.filter(({ name }) => name === 'group1-shard1of2').map(({ range }) => range);
    expect(ranges).to.have.length(2);
    expect(ranges[1]).to.match(/^bytes=[1-9]\d*-$/);
  });

  it('goes on in a later run, and no name is given before its file is whole', async () => {
    server.faults.set('group1-shard1of2', [{ cutAfter: 150_000 }]);
    const { folder, report } = await start({ attempts: 1 });
    expect((await rejection(report)).code).to.equal('CAD083');
    expect(await readdir(folder))
      .to.include('group1-shard1of2.part')
      .and.not.include.members(['group1-shard1of2', 'model.json']);
    expect((await rejection(readModel({ files: nodeFiles }, folder, published))).code).to.equal('CAD080');
    server.asked.length = 0;
    expect((await (await start({ folder })).report).good).to.equal(true);
    expect(server.asked.find(({ name }) => name === 'group1-shard1of2')?.range).to.match(/^bytes=[1-9]\d*-$/);
    expect(server.asked.filter(({ name }) => name === 'model.json')).to.deep.equal([]);
  });

  it('starts over where the server knows no ranges', async () => {
    server.faults.set('group1-shard1of2', [{ cutAfter: 100_000 }, 'ignore range']);
    expect((await (await start()).report).good).to.equal(true);
  });

  it('throws away what came whole but wrong, and fetches it once more', async () => {
    server.faults.set('group1-shard2of2', [{ flip: 69_999 }]);
    const retries: string[] = [];
    const { report } = await start({ onProgress: ({ retrying }) => retrying && retries.push(retrying) });
    expect((await report).good).to.equal(true);
    expect(retries).to.have.length(1);
    expect(retries[0]).to.include('git blob id');
  });

  it('never takes a mirror that serves another file', async () => {
    server.faults.set(
      'vocab.json',
      Array.from({ length: 5 }, () => ({ flip: 3 })),
    );
    const { folder, report } = await start();
    expect((await rejection(report)).what).to.include('git blob id');
    expect(await readdir(folder)).to.not.include.members(['vocab.json', 'model.json']);
  });

  it('waits as long as a busy server asks, and gives up at once on a missing file', async () => {
    server.faults.set('vocab.json', [{ status: 503, headers: { 'retry-after': '3' } }, { status: 500 }]);
    const { io, report } = await start();
    expect((await report).good).to.equal(true);
    expect(io.pauses[0]).to.equal(3000);
    expect(io.pauses[1]).to.be.within(1000, 2000);
    expect(io.pauses).to.have.length(2);
    server.faults.set('model.json', [{ status: 404 }]);
    const missing = await start();
    expect((await rejection(missing.report)).what).to.include('404');
    expect(missing.io.pauses).to.deep.equal([]);
  });

  it('says of an address where nobody listens what happened to the connection', async () => {
    const retries: string[] = [];
    const { report } = await start({ attempts: 2, onProgress: ({ retrying }) => retrying && retries.push(retrying) });
    await server.close();
    server = await fileServer(files);
    expect((await rejection(report)).what).to.equal('ECONNREFUSED');
    expect(retries).to.deep.equal(['ECONNREFUSED']);
  });

  it('takes an unknown model as it comes, without resuming what nothing could check', async () => {
    server.faults.set('group1-shard1of2', [{ cutAfter: 100_000 }]);
    const folder = await folderOf();
    const report = await modelFetch({ io: quietIo(), folder, from: server.url, published: null, timeout: 25_000 });
    expect(report.good).to.equal(true);
    expect(server.asked.every(({ range }) => range === null)).to.equal(true);
    expect(report.files.map(({ state }) => state)).to.deep.equal(['unchecked', 'unchecked', 'unchecked', 'unchecked']);
  });

  it('stops at once when it is aborted', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by hand');
    const folder = await folderOf();
    const report = modelFetch({
      io: quietIo(),
      folder,
      from: server.url,
      published,
      signal: stop.signal,
      onProgress: ({ file }) => file === 'vocab.json' && stop.abort(reason),
    });
    expect(await report.catch((error: unknown) => error)).to.equal(reason);
  });

  it('refuses an address that is none of http', async () => {
    const report = modelFetch({ io: quietIo(), folder: await folderOf(), from: 'ftp://mirror/model' });
    expect((await rejection(report)).code).to.equal('CAD013');
  });

  it('refuses shard names that would leave the folder', async () => {
    const hostile = new Map(files);
    const text = new TextDecoder().decode(files.get('model.json')).replace('group1-shard1of2', '../outside');
    hostile.set('model.json', new TextEncoder().encode(text));
    const mirror = await fileServer(hostile);
    const report = modelFetch({ io: quietIo(), folder: await folderOf(), from: mirror.url, published: null });
    expect((await rejection(report)).what).to.include('unsafe shard name');
    await mirror.close();
  });
});

import { expect } from 'chai';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { lastValueFrom, take, toArray } from 'rxjs';
import { CaducusError } from '../../src/errors.ts';
import { file } from '../../src/sources/file.ts';
import { virtualIo } from '../support/virtualIo.ts';
import { eventsOf, readFile, rejectedOf, textsOf, withFolder } from './file/fileRuns.ts';

const canonical = (id: string, text = 'hello') =>
  `${JSON.stringify({ id, timestamp: '2024-05-01T10:00:00Z', source: 's', group_id: 's:g', text, metadata: { n: 1 } })}\n`;

async function failure(run: Promise<unknown>): Promise<CaducusError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof CaducusError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('file', () => {
  const folder = withFolder();

  it('passes canonical events as they are', async () => {
    const path = folder.at('a.ndjson');
    writeFileSync(path, canonical('a') + canonical('b'));
    const { signals } = await readFile({ path });
    expect(signals[0]).to.deep.equal({
      kind: 'event',
      time: Date.UTC(2024, 4, 1, 10),
      key: '',
      event: JSON.parse(canonical('a')) as unknown,
    });
    expect(eventsOf(signals).map(({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  it('is an Observable that stops when it is unsubscribed from', async () => {
    const path = folder.at('a.ndjson');
    writeFileSync(path, Array.from({ length: 5000 }, (_, i) => canonical(`e${i}`)).join(''));
    expect(await lastValueFrom(file({ path }).pipe(take(3), toArray()))).to.have.length(3);
  });

  it('has nothing to say about an empty file', async () => {
    const path = folder.at('empty.log');
    writeFileSync(path, '');
    expect((await readFile({ path })).signals).to.deep.equal([]);
  });

  it('names a file that is not there', async () => {
    const error = await failure(readFile({ path: folder.at('nope.log') }));
    expect(error.code).to.equal('CAD010');
    expect(error.message).to.include('nope.log');
    expect((await failure(readFile({ path: folder.at('*.log') }))).code).to.equal('CAD010');
  });

  it('suggests a glob for a folder', async () => {
    mkdirSync(folder.at('logs'));
    const error = await failure(readFile({ path: folder.at('logs') }));
    expect(error.code).to.equal('CAD011');
    expect(error.hint).to.include('logs/*.log');
  });

  it('says why a file cannot be read', async () => {
    const path = folder.at('secret.log');
    writeFileSync(path, 'x');
    const io = virtualIo();
    const denied = () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    };
    const error = await failure(readFile({ path }, { io: { ...io, files: { ...io.files, chunks: denied } } }));
    expect(error.code).to.equal('CAD011');
    expect(error.message).to.include('secret.log').and.to.include('permission denied');
  });

  it('makes ids that are the same the second time, differ for identical lines and sort as the lines do', async () => {
    const path = folder.at('app.log');
    writeFileSync(path, '2024-05-01 10:00:00 INFO same\n'.repeat(300));
    const ids = eventsOf((await readFile({ path })).signals).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(300);
    expect(ids.toSorted()).to.deep.equal(ids);
    expect(eventsOf((await readFile({ path })).signals).map(({ id }) => id)).to.deep.equal(ids);
    expect(ids[0]).to.match(/^[a-z0-9]{10}-[a-z0-9]{9}-[a-z0-9]{8}$/);
  });

  it('gives a rotated and compressed file the ids it had before', async () => {
    const text = '2024-05-01 10:00:00 INFO one\n2024-05-01 10:00:01 INFO two\n';
    writeFileSync(folder.at('app.log'), text);
    writeFileSync(folder.at('app.log.2.gz'), gzipSync(text));
    const [plain, compressed] = await Promise.all(['app.log', 'app.log.2.gz'].map((name) => readFile({ path: folder.at(name) })));
    expect(eventsOf(compressed!.signals)).to.deep.equal(eventsOf(plain!.signals));
    expect(eventsOf(plain!.signals)[0]!.group_id).to.equal('file:app.log');
  });

  it('reads the files of a glob oldest first, all members of a gzip among them', async () => {
    writeFileSync(folder.at('app.log'), '2024-05-03 00:00:00 INFO new\n');
    writeFileSync(folder.at('app.log.1'), '2024-05-02 00:00:00 INFO older\n');
    writeFileSync(
      folder.at('app.log.10.gz'),
      Buffer.concat([gzipSync('2024-05-01 00:00:00 INFO old\n'), gzipSync('2024-05-01 00:00:01 INFO est\n')]),
    );
    expect(textsOf((await readFile({ path: folder.at('app*') })).signals)).to.deep.equal(['old', 'est', 'older', 'new']);
  });

  it('takes what a damaged gzip still gives, says where it broke, and goes on', async () => {
    const whole = gzipSync(Array.from({ length: 20_000 }, (_, i) => `2024-05-01 10:00:00 INFO request ${i * 7919}\n`).join(''));
    writeFileSync(folder.at('a.log.gz'), whole.subarray(0, whole.length / 2));
    writeFileSync(folder.at('b.log'), '2024-05-01 10:00:00 INFO after\n');
    const { signals } = await readFile({ path: folder.at('*'), format: 'lines' });
    expect(textsOf(signals).length).to.be.greaterThan(5000);
    expect(textsOf(signals).at(-1)).to.equal('after');
    expect(rejectedOf(signals).map(({ reason }) => reason.slice(0, 17))).to.deep.equal(['damaged gzip data']);
  });

  it('rejects a line of 50 MB without holding it, and goes on', async () => {
    const path = folder.at('big.log');
    writeFileSync(path, '2024-05-01 10:00:00 INFO before\n');
    const part = 'x'.repeat(1 << 20);
    for (let i = 0; i < 50; i++) appendFileSync(path, part);
    appendFileSync(path, '\n2024-05-01 10:00:01 INFO after\n');
    const { signals } = await readFile({ path, format: 'lines' });
    expect(textsOf(signals)).to.deep.equal(['before', 'after']);
    const [rejected] = rejectedOf(signals);
    expect(rejected!.reason).to.equal('line of 52428800 bytes is longer than the limit of 1048576 (max_line_bytes)');
    expect(rejected!.place).to.deep.equal({ file: path, line: 2, offset: 32 });
    expect(rejected!.original).to.have.length(4096);
  });

  it('goes on from each position with exactly what is missing', async () => {
    const path = folder.at('a.log');
    writeFileSync(
      path,
      Array.from({ length: 4000 }, (_, i) => `2024-05-01 10:00:00 INFO request ${i}\n${i % 3 === 0 ? '\tat a.b(C.java:1)\n' : ''}`).join(
        '',
      ),
    );
    writeFileSync(folder.at('b.csv'), `timestamp,message\n${Array.from({ length: 4000 }, (_, i) => `2024-05-01,"row ${i}"\n`).join('')}`);
    const whole = await readFile({ path: folder.at('*') });
    expect(whole.positions.length).to.be.greaterThan(4);
    for (const { count, position } of whole.positions.slice(0, -1).filter((_, index) => index % 3 === 0)) {
      const rest = await readFile({ path: folder.at('*') }, { from: position });
      expect(eventsOf([...whole.signals.slice(0, count), ...rest.signals])).to.deep.equal(eventsOf(whole.signals));
    }
  });

  it('reads only what was added when a finished file has grown', async () => {
    const path = folder.at('a.ndjson');
    writeFileSync(path, canonical('a') + canonical('b').trimEnd());
    const first = await readFile({ path });
    appendFileSync(path, `\n${canonical('c')}`);
    // The last line had no line end, so it is given again, as part of the two halves.
    const { count, position } = first.positions.at(-2)!;
    const second = await readFile({ path }, { from: position });
    expect(first.positions.at(-1)!.position).to.deep.equal(position);
    expect(eventsOf([...first.signals.slice(0, count), ...second.signals]).map(({ id }) => id)).to.deep.equal(['a', 'b', 'c']);
  });

  it('starts again in a file that was replaced', async () => {
    const path = folder.at('a.ndjson');
    writeFileSync(path, canonical('a') + canonical('b'));
    const { positions } = await readFile({ path });
    writeFileSync(path, canonical('x') + canonical('y') + canonical('z'));
    const second = await readFile({ path }, { from: positions.at(-1)!.position });
    expect(eventsOf(second.signals).map(({ id }) => id)).to.deep.equal(['x', 'y', 'z']);
  });

  it('skips to the end at first and not later', async () => {
    const path = folder.at('a.ndjson');
    writeFileSync(path, canonical('a').repeat(2000));
    const first = await readFile({ path, readFrom: 'end' });
    expect(first.signals).to.deep.equal([]);
    appendFileSync(path, canonical('b'));
    const second = await readFile({ path, readFrom: 'end' }, { from: first.positions.at(-1)!.position });
    expect(eventsOf(second.signals).map(({ id }) => id)).to.deep.equal(['b']);
  });

  it('takes a format with options', async () => {
    const path = folder.at('a.txt');
    writeFileSync(path, '2024-07-01 12:00:00 x\n');
    const { signals } = await readFile({ path, format: { lines: { timeZone: 'Europe/Berlin' } } });
    expect(eventsOf(signals)[0]!.timestamp).to.equal('2024-07-01T10:00:00.000Z');
    expect(file.spec.options.safeParse({ path, format: 'nope' }).success).to.equal(false);
    expect(file.spec.options.safeParse({ path, format: { lines: {}, csv: {} } }).success).to.equal(false);
  });

  it('reads the demo fixture into two groups', async () => {
    const { signals } = await readFile({ path: 'fixtures/demo_hdfs_sample.csv', format: 'hdfs' });
    expect(new Set(eventsOf(signals).map(({ group_id: group }) => group))).to.deep.equal(
      new Set(['hdfs-demo:NameNode', 'hdfs-demo:DataNode']),
    );
    expect(rejectedOf(signals)).to.deep.equal([]);
    expect(eventsOf(signals)).to.have.length(117);
  });
});

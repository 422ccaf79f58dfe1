import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { readingPath } from '../../../src/store/recall.ts';
import { segments } from '../../../src/sinks/segments.ts';
import { caducus } from '../../support/caducus.ts';
import { sinkContext } from '../../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../../support/storeFixture.ts';

const program = 'p1';

describe('reading the store', () => {
  const dataDir = temporaryFolder();
  const run = (args: string[], as: string | null = program) => caducus([...args, '--data-dir', dataDir()], { program: as });

  async function fill(from: number, to: number): Promise<void> {
    const sink = await segments.open({ fsync: 'never' }, sinkContext(dataDir()));
    const events = Array.from({ length: to - from }, (_, i) => {
      const n = from + i;
      return event(`e${n}`, n, n % 3 === 0 ? 'app:a' : 'B', n % 17 === 0 ? `disk ${n} failed` : `request ${n} took ${n % 9} ms`);
    });
    await sink.write(events.map(eventSignal));
    await sink.close();
  }
  beforeEach(() => fill(0, 400));

  const forms: string[][] = [
    ['radar'],
    ['radar', '--json'],
    ['radar', '--all'],
    ['radar', '--all', '--json'],
    ['radar', '--format', 'markdown'],
    ['radar', '--window', '1h', '--top', '2'],
    ['radar', '--group', 'B'],
    ['topics', '--json'],
    ['topics'],
    ['analyze', '--group-id', 'B', '--json'],
    ['analyze', '--group-id', 'B'],
  ];
  for (const form of forms)
    it(`prints the same from what was kept: ${form.join(' ')}`, async () => {
      const anew = await run(form, null);
      expect(anew.out.length).to.be.above(50);
      for (const time of [1, 2, 3]) expect([time, await run(form)]).to.deep.equal([time, anew]);
    });

  it('reads no event again while nothing has changed', async () => {
    await run(['radar']);
    const { chunks } = nodeFiles;
    nodeFiles.chunks = () => {
      throw new Error('read');
    };
    try {
      for (const form of [['radar'], ['topics'], ['radar', '--json']]) expect((await run(form)).exit).to.equal(0);
    } finally {
      nodeFiles.chunks = chunks;
    }
  });

  it('reads anew when events came, when people answered, and when the program is another one', async () => {
    const anew = async () => {
      const mtime = readFileSync(readingPath(dataDir()), 'utf8').split('\n', 1)[0];
      await run(['radar']);
      return readFileSync(readingPath(dataDir()), 'utf8').split('\n', 1)[0] !== mtime;
    };
    await run(['radar']);
    expect(await anew()).to.equal(false);
    await fill(400, 500);
    expect((await run(['radar', '--json'])).out).to.equal((await run(['radar', '--json'], null)).out);
    await run(['radar']);
    expect(await anew()).to.equal(false);
    await run(['silence', 'B', '--for', '1h']);
    expect(await anew()).to.equal(true);
    await run(['radar'], 'p2');
    expect(await anew()).to.equal(true);
  });

  it('is what explain goes by, also when it was kept and a radar of files came between', async () => {
    const { out } = await run(['topics', '--json']);
    const [{ topic_id: id }] = JSON.parse(out) as [{ topic_id: string }];
    const log = join(dataDir(), 'other.log');
    appendFileSync(log, '2026-03-14T01:00:00Z INFO session closed\n'.repeat(9));
    await run(['radar', log]);
    await run(['radar']);
    expect((await run(['explain', id])).out).to.match(/^EXPLAIN/);
    expect(await run(['topics', '--json'])).to.deep.include({ out });
  });

  it('keeps nothing on a disk that may only be read, and prints the same', async function () {
    if (process.getuid?.() === 0) return this.skip();
    const anew = await run(['radar', '--json'], null);
    chmodSync(dataDir(), 0o500);
    expect((await run(['radar', '--json'])).out).to.equal(anew.out);
    chmodSync(dataDir(), 0o700);
    return undefined;
  });

  it('is forgotten with the state of the store', async () => {
    await run(['radar']);
    await run(['analyze', '--group-id', 'B']);
    expect(existsSync(readingPath(dataDir()))).to.equal(true);
    const state = join(dataDir(), 'state', '_store');
    await (await import('../../../src/run/checkpoint/checkpointing.ts')).clearState(nodeFiles, state);
    expect([existsSync(readingPath(dataDir())), readdirSync(join(state, 'analyses'))]).to.deep.equal([false, []]);
  });
});

import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../src/event.ts';
import { segments } from '../../src/sinks/segments.ts';
import { failingFiles } from '../support/failingFiles.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

describe('segments', () => {
  const dataDir = temporaryFolder();
  const files = (dir = dataDir()) =>
    readdirSync(join(dir, 'segments'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted();
  const contents = (dir = dataDir()) =>
    Object.fromEntries(files(dir).map((name) => [name, readFileSync(join(dir, 'segments', name), 'utf8')]));
  const ids = (dir = dataDir()) =>
    Object.values(contents(dir))
      .flatMap((text) => text.match(/(?<="id":")\w+/g) ?? [])
      .toSorted();
  const day = (id: string, date: string, group = 'app:a') => eventSignal(event(id, `${date}T12:00:00.000Z`, group));

  it('keep a file a group and day', async () => {
    const sink = await segments.open({}, sinkContext(dataDir()));
    await sink.write([day('a', '2026-03-13'), day('b', '2026-03-14'), day('c', '2026-03-13', 'sqs:B'), day('d', '2026-03-13')]);
    await sink.flush();
    await sink.close();
    expect(files().map((name) => name.replace(/\.\w{4}\./, '.*.'))).to.deep.equal([
      'app%3Aa/2026-03-13.*.ndjson',
      'app%3Aa/2026-03-14.*.ndjson',
      'sqs%3A%42/2026-03-13.*.ndjson',
    ]);
    expect(
      Object.values(contents())[0]!
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).to.deep.equal(['a', 'd']);
  });

  it('start a next part where a file would grow too large, wherever the batches are cut', async () => {
    const all = Array.from({ length: 30 }, (_, at) => day(`id${at}`, '2026-03-14'));
    const texts = new Set<string>();
    for (const size of [1, 7, 30]) {
      const dir = join(dataDir(), String(size));
      const sink = await segments.open({ partBytes: 600, path: dir }, sinkContext(dir));
      for (let at = 0; at < all.length; at += size) await sink.write(all.slice(at, at + size));
      await sink.close();
      for (const name of files(dir)) expect(statSync(join(dir, 'segments', name)).size).to.be.at.most(600);
      expect(files(dir).length).to.be.greaterThan(5);
      texts.add(JSON.stringify(contents(dir)));
    }
    expect(texts.size).to.equal(1);
  });

  it('go on behind what is there at a fresh start', async () => {
    for (const id of ['a', 'b']) {
      const sink = await segments.open({}, sinkContext(dataDir()));
      await sink.write([day(id, '2026-03-14')]);
      await sink.close();
    }
    expect(ids()).to.deep.equal(['a', 'b']);
    expect(files()).to.have.length(1);
  });

  it('lose nothing behind a line that a crash tore', async () => {
    const first = await segments.open({}, sinkContext(dataDir()));
    await first.write([day('a', '2026-03-14')]);
    await first.close();
    appendFileSync(join(dataDir(), 'segments', files()[0]!), '{"id":"torn","times');
    const second = await segments.open({}, sinkContext(dataDir()));
    await second.write([day('b', '2026-03-14')]);
    await second.close();
    const lines = Object.values(contents())[0]!.trimEnd().split('\n');
    expect(lines).to.have.length(3);
    expect(JSON.parse(lines[2]!)).to.have.property('id', 'b');
  });

  it('are cut to the checkpoint, later files and all, but only those of the same writer', async () => {
    const other = await segments.open({}, sinkContext(dataDir(), { pipeline: 'other' }));
    const first = await segments.open({}, sinkContext(dataDir()));
    await first.write([day('a', '2026-03-13')]);
    await first.flush();
    const from = first.position!();
    await first.write([day('b', '2026-03-13'), day('c', '2026-03-14'), day('d', '2026-03-14', 'new:group')]);
    await other.write([day('x', '2026-03-13'), day('y', '2026-03-15')]);
    await first.close();
    await other.close();
    const second = await segments.open({}, sinkContext(dataDir(), { from }));
    expect(ids()).to.deep.equal(['a', 'x', 'y']);
    await second.write([day('e', '2026-03-14')]);
    await second.close();
    expect(ids()).to.deep.equal(['a', 'e', 'x', 'y']);
  });

  it('let the oldest days go by event time at a flush', async () => {
    const sink = await segments.open({ retention: { maxAge: '2d' } }, sinkContext(dataDir()));
    await sink.write(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'].map((date, at) => day(`d${at}`, date)));
    await sink.flush();
    expect(ids()).to.deep.equal(['d1', 'd2', 'd3']);
    expect(sink.note!()).to.match(/ in segments, 1 old ones removed$/);
    await sink.write([day('back', '2026-03-09')]);
    await sink.close();
    expect(ids()).to.include('back');
  });

  it('tell how full they are, since when, and when there will be no room', async () => {
    const sink = await segments.open({ retention: { maxBytes: '1MiB' } }, sinkContext(dataDir()));
    expect(sink.figures!()).to.deep.equal({ bytes: 0, limit_bytes: 2 ** 20, oldest: null, full_in_ms: null, removed: 0 });
    await sink.write([day('a', '2026-03-11'), day('b', '2026-03-12')]);
    await sink.flush();
    const bytes = Object.values(contents()).join('').length;
    const full = Math.round(((2 ** 20 - bytes) * 86_400_000) / bytes);
    expect(sink.figures!()).to.deep.equal({ bytes, limit_bytes: 2 ** 20, oldest: '2026-03-11', full_in_ms: full, removed: 0 });
    await sink.close();
  });

  it('keep what they have when one event is dated far ahead', async () => {
    const sink = await segments.open({ retention: { maxAge: '2d' } }, sinkContext(dataDir()));
    await sink.write([day('a', '2026-03-13'), day('wrong', '2099-01-01')]);
    await sink.flush();
    await sink.close();
    expect(ids()).to.deep.equal(['a', 'wrong']);
  });

  it('hold no more files open than they may', async () => {
    let open = 0;
    let most = 0;
    const io = testIo();
    const counting: typeof io.files = {
      ...io.files,
      async open(path, flags, mode) {
        const file = await io.files.open(path, flags, mode);
        most = Math.max(most, (open += 1));
        return { ...file, close: async () => ((open -= 1), file.close()) };
      },
    };
    const sink = await segments.open({ maxOpenFiles: 3 }, sinkContext(dataDir(), { io: { ...io, files: counting } }));
    for (let round = 0; round < 3; round += 1) {
      await sink.write(Array.from({ length: 20 }, (_, at) => day(`g${at}r${round}`, '2026-03-14', `group${at}`)));
    }
    await sink.flush();
    await sink.close();
    expect(most).to.be.at.most(4);
    expect(open).to.equal(0);
    expect(ids()).to.have.length(60);
  });

  it('hold a batch once when it is written again, whichever step failed', async () => {
    const batch = [day('a', '2026-03-13'), day('b', '2026-03-14'), day('c', '2026-03-14', 'new:group')];
    for (let at = 1; at <= 6; at += 1) {
      const dir = join(dataDir(), String(at));
      const io = { ...testIo(), files: failingFiles(testIo().files, at).files };
      const sink = await segments.open({ path: dir }, sinkContext(dir, { io }));
      const step = async (work: () => Promise<void>) => work().catch(work);
      await step(() => sink.write(batch));
      await step(() => sink.flush());
      await sink.close();
      expect(ids(dir), `step ${at}`).to.deep.equal(['a', 'b', 'c']);
    }
  });

  it('are the same after a crash anywhere as without one (property)', async () => {
    const groups = ['a', 'b', 'c'];
    const step = fc.record({
      events: fc.array(fc.tuple(fc.constantFrom(...groups), fc.integer({ min: 10, max: 13 })), { maxLength: 5 }),
      crash: fc.boolean(),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const dir = join(dataDir(), `run${(run += 1)}`);
        const open = (path: string, from: Json | null) =>
          segments.open({ path, partBytes: 400, fsync: 'never' }, sinkContext(path, { from }));
        const signals = steps.map(({ events }, at) => events.map(([group, date], nth) => day(`e${at}n${nth}`, `2026-03-${date}`, group)));
        let crashing = await open(join(dir, 'crashing'), null);
        const steady = await open(join(dir, 'steady'), null);
        let from = crashing.position!();
        for (const [at, { crash }] of steps.entries()) {
          if (crash) {
            await crashing.write(signals[at]!);
            await crashing.close();
            crashing = await open(join(dir, 'crashing'), from);
          }
          await crashing.write(signals[at]!);
          await steady.write(signals[at]!);
          await crashing.flush();
          from = crashing.position!();
        }
        await crashing.close();
        await steady.close();
        expect(contents(join(dir, 'crashing'))).to.deep.equal(contents(join(dir, 'steady')));
      }),
      { numRuns: 40 },
    );
  });

  it('stay inside the data folder whatever the group is called, and follow no link', async () => {
    mkdirSync(join(dataDir(), 'outside'));
    const sink = await segments.open({}, sinkContext(dataDir()));
    await sink.write([day('a', '2026-03-14', '../../outside'), day('b', '2026-03-14', '__proto__'), day('c', '2026-03-14', '')]);
    expect(readdirSync(join(dataDir(), 'outside'))).to.deep.equal([]);
    expect(files()).to.have.length(3);
    symlinkSync(join(dataDir(), 'outside'), join(dataDir(), 'segments/linked'));
    const failed: unknown = await sink.write([day('d', '2026-03-14', 'linked')]).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'CAD011');
    expect(existsSync(join(dataDir(), 'outside/2026-03-14'))).to.equal(false);
    await sink.close();
  });
});

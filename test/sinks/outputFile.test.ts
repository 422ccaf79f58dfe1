import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ndjson } from '../../src/sinks/ndjson.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

describe('the file of an ndjson sink', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'out/radar.ndjson');
  const signals = (...ids: string[]) => ids.map((id, at) => eventSignal(event(id, at)));

  describe('when rotation moves its file', () => {
    const ids = (file: string) =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);

    for (const created of [false, true]) {
      it(`goes on in a new one${created ? ' that rotation has made' : ''}, and a restart cuts both to the checkpoint`, async () => {
        const sink = await ndjson.open({ path: path() }, sinkContext(folder()));
        await sink.write(signals('a', 'b'));
        await sink.flush();
        const from = sink.position!();
        await sink.write(signals('c'));
        renameSync(path(), `${path()}.1`);
        if (created) writeFileSync(path(), '');
        await sink.write(signals('d'));
        expect([ids(`${path()}.1`), ids(path())]).to.deep.equal([['a', 'b', 'c'], ['d']]);
        await sink.close();
        const again = await ndjson.open({ path: path() }, sinkContext(folder(), { from }));
        await again.write(signals('c', 'd'));
        await again.close();
        expect([ids(`${path()}.1`), ids(path())]).to.deep.equal([
          ['a', 'b'],
          ['c', 'd'],
        ]);
      });
    }

    it('goes on at the beginning of one that was copied and emptied', async () => {
      const sink = await ndjson.open({ path: path() }, sinkContext(folder()));
      await sink.write(signals('a', 'b'));
      truncateSync(path());
      await sink.write(signals('c'));
      await sink.close();
      expect(ids(path())).to.deep.equal(['c']);
    });
  });

  describe('that rotates its file', () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => eventSignal(event(`e${String(from + i).padStart(3, '0')}`, from + i)));
    const lineLength = JSON.stringify({ ...many(0, 1)[0]!.event, schema: 1 }).length + 1;
    const sinkAt = (name: string, rotate: object, context = {}) =>
      ndjson.open({ path: join(folder(), name, 'r.ndjson'), rotate: { keep: 3, ...rotate } }, sinkContext(folder(), context));
    const filesAt = (name: string) =>
      Object.fromEntries(readdirSync(join(folder(), name)).map((file) => [file, readFileSync(join(folder(), name, file), 'utf8')]));

    it('cuts it before the record that would make it too long, however they come, and keeps so many', async () => {
      const rotate = { maxBytes: 4 * lineLength };
      for (const [name, size] of [
        ['one', 1],
        ['three', 3],
        ['all', 30],
      ] as const) {
        const sink = await sinkAt(name, rotate);
        for (let at = 0; at < 30; at += size) await sink.write(many(at, Math.min(30, at + size)));
        await sink.close();
        expect(sink.counters.written).to.equal(30);
      }
      expect(Object.keys(filesAt('one'))).to.deep.equal(['r.ndjson', 'r.ndjson.1', 'r.ndjson.2', 'r.ndjson.3']);
      expect(Object.values(filesAt('one')).map((text) => text.length / lineLength)).to.deep.equal([2, 4, 4, 4]);
      expect([filesAt('three'), filesAt('all')]).to.deep.equal([filesAt('one'), filesAt('one')]);
    });

    it('holds after a restart from any checkpoint what it holds without one', async () => {
      const rotate = { maxBytes: 4 * lineLength };
      const whole = await sinkAt('whole', rotate);
      await whole.write(many(0, 40));
      await whole.close();
      for (let checkpoint = 0; checkpoint <= 40; checkpoint += 6) {
        for (const stop of [checkpoint, checkpoint + 5, 40]) {
          const name = `cut-${checkpoint}-${stop}`;
          const first = await sinkAt(name, rotate);
          await first.write(many(0, checkpoint));
          await first.flush();
          const from = JSON.parse(JSON.stringify(first.position!()));
          await first.write(many(checkpoint, Math.max(checkpoint, Math.min(stop, 40))));
          await first.close();
          const again = await sinkAt(name, rotate, { from });
          await again.write(many(checkpoint, 40));
          await again.close();
          expect(filesAt(name), name).to.deep.equal(filesAt('whole'));
        }
      }
    });

    it('does so when the file is old enough, by the clock, over a restart too', async () => {
      const io = testIo();
      const sink = await sinkAt('age', { maxAge: '1h' }, { io });
      await sink.write(many(0, 2));
      await io.pass(30 * 60_000);
      await sink.write(many(2, 3));
      await sink.flush();
      const from = JSON.parse(JSON.stringify(sink.position!()));
      await sink.close();
      const again = await sinkAt('age', { maxAge: '1h' }, { io, from });
      await io.pass(31 * 60_000);
      await again.write(many(3, 4));
      await again.close();
      expect(Object.values(filesAt('age')).map((text) => text.length / lineLength)).to.deep.equal([1, 3]);
    });

    it('leaves alone what others put aside before it did so itself', async () => {
      const plain = await ndjson.open({ path: join(folder(), 'others', 'r.ndjson') }, sinkContext(folder()));
      await plain.write(many(0, 2));
      const from = JSON.parse(JSON.stringify(plain.position!()));
      await plain.close();
      writeFileSync(join(folder(), 'others', 'r.ndjson.1'), 'theirs\n');
      const sink = await sinkAt('others', { maxBytes: '1MiB' }, { from });
      await sink.close();
      expect(filesAt('others')['r.ndjson.1']).to.equal('theirs\n');
    });

    it('holds a batch once that failed behind a rotation and comes again', async () => {
      const io = testIo();
      const out = join(folder(), 'retry', 'r.ndjson');
      let opens = 0;
      const files = {
        ...io.files,
        open: async (...given: Parameters<typeof io.files.open>) => {
          opens += given[1] === 'w' ? 1 : 0;
          if (opens === 3) {
            opens += 1;
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          }
          return io.files.open(...given);
        },
      };
      const sink = await ndjson.open(
        { path: out, rotate: { maxBytes: 4 * lineLength, keep: 9 } },
        sinkContext(folder(), { io: Object.assign(testIo(), { files }) }),
      );
      const batch = many(0, 18);
      expect(await sink.write(batch).catch((error: Error) => error.message)).to.contain('no space left');
      await sink.write(batch);
      await sink.close();
      const ids = Object.values(filesAt('retry')).flatMap((text) => [...text.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id!));
      expect(ids.toSorted()).to.deep.equal(batch.map(({ event: { id } }) => id));
    });
  });
});

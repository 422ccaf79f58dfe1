import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Json } from '../../src/event.ts';
import type { RejectedSignal } from '../../src/signal.ts';
import { rejectedLog } from '../../src/sinks/rejectedLog.ts';
import { readRejected, rejectedParts } from '../../src/store/rejectedFiles.ts';
import { eventAt } from '../support/fakes.ts';
import { temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

const bad = (n: number): RejectedSignal => ({
  kind: 'rejected',
  time: n,
  key: '',
  rejected: { source: 's', reason: 'not JSON', place: { file: 'f', line: n }, original: `{${n}` },
});

describe('rejectedLog', () => {
  const folder = temporaryFolder();
  const { files } = testIo();
  const open = (from: Json | null = null, options = {}) =>
    rejectedLog.open(options, { io: testIo(), id: '~rejected', dataDir: folder(), from, pipeline: 'p' });
  const kept = async () => {
    const parts = (await rejectedParts(files, folder())).get('p') ?? [];
    return (await Promise.all(parts.map(({ path }) => readRejected(files, path)))).flat().map(({ place }) => place.line);
  };

  it('keeps reason, place, time and original, in a file that only its owner reads', async () => {
    const sink = await open();
    await sink.write([bad(7), eventAt(1)]);
    await sink.flush();
    await sink.close();
    const path = join(folder(), 'rejected', 'p.ndjson');
    const { id, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { id: string };
    expect(id).to.match(/^[a-z2-9]{12}$/);
    expect(rest).to.deep.equal({
      pipeline: 'p',
      at: '1970-01-01T00:00:00.007Z',
      source: 's',
      reason: 'not JSON',
      place: { file: 'f', line: 7 },
      original: '{7',
      schema: 1,
    });
    expect(sink.counters).to.deep.equal({ written: 1, filtered: 1, failed: 0, held: 0 });
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder(), 'rejected')).mode & 0o777).to.equal(0o700);
  });

  it('makes no file when nothing is rejected', async () => {
    const sink = await open();
    await sink.write([eventAt(1)]);
    await sink.flush();
    await sink.close();
    expect(readdirSync(folder())).to.deep.equal([]);
  });

  it('goes back to a checkpoint, over parts that were set aside since', async () => {
    const small = { partBytes: 400, parts: 4 };
    const first = await open(null, small);
    await first.write([bad(1)]);
    await first.flush();
    const position = first.position!();
    for (const n of [2, 3, 4, 5]) await first.write([bad(n)]);
    await first.close();
    expect((await rejectedParts(files, folder())).get('p')!.length).to.be.greaterThan(1);
    const second = await open(position, small);
    await second.write([bad(2)]);
    await second.close();
    expect(await kept()).to.deep.equal([1, 2]);
  });

  it('keeps so many files, and lets the oldest go', async () => {
    const sink = await open(null, { partBytes: 200, parts: 3 });
    for (let n = 1; n <= 9; n += 1) await sink.write([bad(n)]);
    await sink.close();
    expect(readdirSync(join(folder(), 'rejected'))).to.have.length(3);
    expect(await kept()).to.deep.equal([7, 8, 9]);
  });

  it('goes on behind what there is when the file has become shorter than a checkpoint, or ends in a torn line', async () => {
    const first = await open();
    await first.write([bad(1), bad(2)]);
    await first.close();
    const path = join(folder(), 'rejected', 'p.ndjson');
    truncateSync(path, statSync(path).size - 5);
    const second = await open({ part: 1, offset: 10_000 });
    await second.write([bad(3)]);
    await second.close();
    expect(await kept()).to.deep.equal([1, 3]);
  });

  it('does not write through a symbolic link', async () => {
    mkdirSync(join(folder(), 'rejected'));
    writeFileSync(join(folder(), 'victim'), 'x');
    symlinkSync(join(folder(), 'victim'), join(folder(), 'rejected', 'p.ndjson'));
    const sink = await open();
    const failure = await sink.write([bad(1)]).then(
      () => null,
      (error: Error) => error,
    );
    expect(failure?.message).to.contain('is a symbolic link');
    expect(readFileSync(join(folder(), 'victim'), 'utf8')).to.equal('x');
  });
});

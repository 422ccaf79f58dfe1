import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Signal } from '../../src/signal.ts';
import { ndjson } from '../../src/sinks/ndjson.ts';
import { failingFiles } from '../support/failingFiles.ts';
import { sinkContext } from '../support/sinkContext.ts';
import { event, eventSignal, temporaryFolder } from '../support/storeFixture.ts';
import { testIo } from '../support/testIo.ts';

describe('ndjson', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'out/radar.ndjson');
  const text = () => readFileSync(path(), 'utf8');
  const signals = (...ids: string[]) => ids.map((id, at) => eventSignal(event(id, at)));
  const rejected: Signal = {
    kind: 'rejected',
    time: 0,
    key: '',
    rejected: { source: 's', reason: 'bad JSON', place: { line: 3 }, original: '{' },
  };

  it('writes the record itself for an event, and its kind in front for the rest', async () => {
    const sink = await ndjson.open({ path: path(), select: ['event', 'rejected'] }, sinkContext(folder()));
    const [one] = signals('a');
    await sink.write([one!, { ...one!, late: true }, rejected]);
    await sink.close();
    const lines = text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).to.deep.equal([
      { ...one!.event, schema: 1 },
      { ...one!.event, late: true, schema: 1 },
      { kind: 'rejected', ...rejected.rejected, schema: 1 },
    ]);
    expect(text().split('\n')[2]).to.match(/^\{"kind":"rejected",/);
  });

  it('takes what is selected and counts the rest as filtered', async () => {
    const sink = await ndjson.open({ path: path() }, sinkContext(folder()));
    await sink.write([...signals('a', 'b'), rejected]);
    await sink.close();
    expect(sink.counters).to.deep.equal({ written: 2, filtered: 1, failed: 0, held: 0 });
  });

  it('gives the same bytes however the input is cut into batches', async () => {
    const all = signals('a', 'b', 'c', 'd', 'e');
    const texts = new Set<string>();
    for (const size of [1, 2, 5]) {
      const sink = await ndjson.open({ path: path() }, sinkContext(folder()));
      for (let at = 0; at < all.length; at += size) await sink.write(all.slice(at, at + size));
      await sink.close();
      texts.add(text());
    }
    expect(texts.size).to.equal(1);
  });

  it('writes a batch of many pieces of text as it writes each record alone, in any script', async () => {
    const all = Array.from({ length: 900 }, (_, i) => eventSignal({ ...event(`e${i}`, i), text: `naïve ☃ 𝒳 \ud800 "${'x'.repeat(i)}"` }));
    const together = await ndjson.open({ path: path() }, sinkContext(folder()));
    await together.write(all);
    await together.close();
    const whole = text();
    const apart = await ndjson.open({ path: path() }, sinkContext(folder()));
    for (const signal of all) await apart.write([signal]);
    await apart.close();
    expect(whole).to.equal(text());
    expect(whole).to.equal(all.map((signal) => `${JSON.stringify({ ...signal.event, schema: 1 })}\n`).join(''));
    expect(together.position!()).to.deep.include({ offset: Buffer.byteLength(whole) });
  });

  it('holds nothing behind the checkpoint when nothing comes any more', async () => {
    const first = await ndjson.open({ path: path() }, sinkContext(folder()));
    await first.write(signals('a'));
    const from = first.position!();
    await first.write(signals('b'));
    await first.close();
    await (await ndjson.open({ path: path() }, sinkContext(folder(), { from }))).close();
    expect(text().trimEnd().split('\n')).to.have.length(1);
  });

  it('cuts the file back to the checkpoint before it goes on', async () => {
    const first = await ndjson.open({ path: path() }, sinkContext(folder()));
    await first.write(signals('a', 'b'));
    await first.flush();
    const from = first.position!();
    await first.write(signals('c'));
    await first.close();
    const second = await ndjson.open({ path: path() }, sinkContext(folder(), { from }));
    await second.write(signals('d'));
    await second.close();
    expect(text().match(/"id":"\w"/g)).to.deep.equal(['"id":"a"', '"id":"b"', '"id":"d"']);
  });

  it('refuses to go on in a file that has become shorter', async () => {
    const context = sinkContext(folder(), { from: { path: path(), offset: 10 } });
    const error: unknown = await ndjson.open({ path: path() }, context).catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('message').that.includes('is shorter than at the last checkpoint (0 of 10 bytes)');
    expect(existsSync(path())).to.equal(false);
  });

  it('empties the file at a fresh start, and keeps it with append, a torn line apart from the next', async () => {
    writeFileSync(join(folder(), 'kept.ndjson'), '{"a":1}\n{"torn');
    const kept = join(folder(), 'kept.ndjson');
    const sink = await ndjson.open({ path: kept, append: true }, sinkContext(folder()));
    await sink.write([rejected, ...signals('a')]);
    await sink.close();
    expect(readFileSync(kept, 'utf8').split('\n').slice(0, 2)).to.deep.equal(['{"a":1}', '{"torn']);
    expect(readFileSync(kept, 'utf8').split('\n')[2]).to.match(/^\{"id":"a"/);
    const fresh = await ndjson.open({ path: kept }, sinkContext(folder()));
    await fresh.close();
    expect(readFileSync(kept, 'utf8')).to.equal('');
  });

  it('holds a batch once when it is written again after a write that failed half-way', async () => {
    const failing = failingFiles(testIo().files, 2);
    const sink = await ndjson.open({ path: path() }, sinkContext(folder(), { io: { ...testIo(), files: failing.files } }));
    await sink.write(signals('a'));
    const failed: unknown = await sink.write(signals('b', 'c')).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'ENOSPC');
    await sink.write(signals('b', 'c'));
    await sink.close();
    expect(text().match(/"id":"\w"/g)).to.deep.equal(['"id":"a"', '"id":"b"', '"id":"c"']);
    expect(sink.counters.written).to.equal(3);
  });

  it('makes files that only their owner can read', async () => {
    const sink = await ndjson.open({ path: path() }, sinkContext(folder()));
    await sink.close();
    expect(statSync(path()).mode & 0o777).to.equal(0o600);
  });
});

import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Signal } from '../../../src/signal.ts';
import { readObject, type ObjectBatch } from '../../../src/sources/objects/readObject.ts';
import type { ParserPosition } from '../../../src/formats/format.ts';

const modified = Date.UTC(2026, 2, 14);
const lines = Array.from({ length: 40 }, (_, i) => `2026-03-14T03:00:${String(i).padStart(2, '0')}Z ERROR order ${i} failed`).join('\n');

async function* pieces(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, { name = 's3://b/orders.log', from = null as ParserPosition | null, size = 100 } = {}) {
  const batches: ObjectBatch[] = [];
  const object = { name, modified, group: 'orders', bytes: pieces(bytes, size) };
  for await (const batch of readObject(object, { source: 'in', format: 'auto' }, from)) batches.push(batch);
  return batches;
}
const records = (batches: readonly ObjectBatch[]): Signal[] => batches.flatMap((batch) => batch.records);
const ids = (signals: readonly Signal[]) => signals.flatMap((signal) => (signal.kind === 'event' ? [signal.event.id] : []));
const reasons = (signals: readonly Signal[]) => signals.flatMap((signal) => (signal.kind === 'rejected' ? [signal.rejected.reason] : []));

describe('an object', () => {
  it('gives its records, in the group that is named, plain or gzip', async () => {
    const plain = records(await read(Buffer.from(lines)));
    expect(plain).to.have.length(40);
    expect(plain[0]).to.have.nested.property('event.group_id', 'in:orders');
    expect(plain[0]).to.have.nested.property('event.timestamp', '2026-03-14T03:00:00.000Z');
    expect(records(await read(gzipSync(lines)))).to.deep.equal(plain);
  });

  it('gives the same ids however its bytes come, and others under another name', async () => {
    const plain = ids(records(await read(Buffer.from(lines))));
    expect(new Set(plain).size).to.equal(40);
    expect(ids(records(await read(Buffer.from(lines), { size: 7 })))).to.deep.equal(plain);
    const other = ids(records(await read(Buffer.from(lines), { name: 's3://b/orders.log.1' })));
    expect(other.filter((id) => plain.includes(id))).to.deep.equal([]);
  });

  it('goes on behind any place, nothing lost and nothing twice', async () => {
    const bytes = gzipSync(lines);
    // Larger than a piece, so that there are places in between.
    const long = Array.from({ length: 3_000 }, (_, i) => `2026-03-14T03:00:00.${String(i % 1000).padStart(3, '0')}Z WARN order ${i}`).join(
      '\n',
    );
    for (const one of [bytes, Buffer.from(long), gzipSync(long)]) {
      const all = await read(one, { size: 50_000 });
      for (const [i, { place }] of all.entries()) {
        if (place === null) continue;
        const rest = await read(one, { from: JSON.parse(JSON.stringify(place)) as ParserPosition, size: 50_000 });
        expect([...ids(records(all.slice(0, i + 1))), ...ids(records(rest))]).to.deep.equal(ids(records(all)));
      }
    }
  });

  it('that is damaged gives what can be read and one rejected record', async () => {
    const whole = gzipSync(lines);
    const found = records(await read(whole.subarray(0, whole.length - 12)));
    expect(reasons(found)).to.have.length(1);
    expect(reasons(found)[0]).to.match(/^damaged gzip data/);
    expect(ids(found).length).to.be.greaterThan(0);
  });

  it('that holds no text is one rejected record, by its first bytes', async () => {
    const parquet = Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(500, 7), Buffer.from('PAR1')]);
    expect(reasons(records(await read(parquet)))).to.deep.equal(['is Parquet, which is not read']);
    expect(records(await read(parquet))[0]).to.have.nested.property('rejected.place.file', 's3://b/orders.log');
    expect(reasons(records(await read(gzipSync(parquet))))).to.deep.equal(['is Parquet, which is not read']);
    expect(records(await read(Buffer.from('PARTS are missing')))).to.have.length(1);
  });

  it('ends with null, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await read(bytes)).at(-1)?.place).to.equal(null);
      }),
      { numRuns: 50 },
    );
  });
});

import { expect } from 'chai';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { addReader, encodeOffer, offeredSubject } from '../../../src/engine/readers/offered.ts';
import { offeredSource } from '../../../src/engine/readers/offeredSource.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import type { Json } from '../../../src/event.ts';
import type { OpenSource, SourceBatch } from '../../../src/sources/source.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught } from '../../support/engine/roles.ts';
import { eventAt } from '../../support/fakes.ts';
import { pushSource } from '../../support/pushSource.ts';
import { testIo } from '../../support/testIo.ts';

const io = { ...testIo(), sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)) };

describe('a source of what its readers offer', () => {
  const engine = () => new MemoryEngine({ step: false });
  async function offer(on: MemoryEngine, reader: string, n: number, more: Partial<SourceBatch> = {}): Promise<void> {
    const transport = on.transport(reader);
    await addReader(transport, 's', reader);
    const log = await NumberedLog.open(transport, offeredSubject('s', reader), reader);
    await log.append(n, encodeOffer({ records: [eventAt(n, `${reader} ${n}`)], position: n, ...more }));
  }
  const stops: AbortController[] = [];
  after(() => stops.forEach((stop) => stop.abort()));

  function open(on: MemoryEngine, { parts = null, from = null }: { parts?: number | null; from?: Json } = {}) {
    const stop = new AbortController();
    stops.push(stop);
    const node = offeredSource({ id: 's', source: pushSource().source, options: {} }, on.transport('sequencer'), parts);
    const opened = node.source.spec.open({}, { io, id: 's', from, signal: stop.signal });
    const batches = opened.batches[Symbol.asyncIterator]();
    const next = async (): Promise<SourceBatch> => (await batches.next()).value as SourceBatch;
    return { node, opened, next, stop, batches };
  }
  const words = ({ records }: SourceBatch) => records.map((one) => (one.kind === 'event' ? one.event.text : one.kind));
  const commit = async (opened: OpenSource, position: Json) => opened.commit!(position);

  it('is still that source to all others: as live, as apt to give a record again, at the same place', () => {
    const { source } = pushSource({ replayable: false });
    const before = { id: 's', source, options: {} };
    const { source: after } = offeredSource(before, engine().transport('x'), null);
    expect([after.spec.name, after.spec.live({}), after.spec.replayable({})]).to.deep.equal(['push', true, false]);
    expect(after.spec.identity({})).to.deep.equal(source.spec.identity({}));
  });

  it('gives what each has offered, in its order, those of readers that come later too', async () => {
    const on = engine();
    await offer(on, 'a', 1);
    const { next, stop, batches } = open(on);
    expect(words(await next())).to.deep.equal(['a 1']);
    await offer(on, 'b', 1);
    expect(words(await next())).to.deep.equal(['b 1']);
    await offer(on, 'a', 2);
    const last = await next();
    expect([words(last), last.position]).to.deep.equal([['a 2'], { a: 2, b: 1 }]);
    stop.abort();
    expect((await batches.next()).done).to.equal(true);
  });

  it('goes on behind what was taken of each', async () => {
    const on = engine();
    for (const n of [1, 2]) await offer(on, 'a', n);
    await offer(on, 'b', 1);
    const { next } = open(on, { from: { a: 1 } });
    const found = [await next(), await next()].map(words).flat();
    expect(found.toSorted()).to.deep.equal(['a 2', 'b 1']);
  });

  it('says that all has come up to where the last of its parts is, once each of them has said so', async () => {
    const on = engine();
    const { next } = open(on, { parts: 3 });
    const watermarks: (number | undefined)[] = [];
    for (const [reader, n, watermark] of [
      ['part-0', 1, 50],
      ['part-1', 1, Number.POSITIVE_INFINITY],
      ['part-2', 1, 40],
      ['part-2', 2, 60],
      ['part-0', 2, undefined],
    ] as const) {
      await offer(on, reader, n, { watermark });
      watermarks.push((await next()).watermark);
    }
    expect(watermarks).to.deep.equal([undefined, undefined, 40, 50, undefined]);
  });

  it('lets no reader that may be gone for good hold time up, where each has what comes to itself', async () => {
    const on = engine();
    await offer(on, 'a', 1, { watermark: 10 });
    const { next } = open(on);
    expect((await next()).watermark).to.equal(10);
    await offer(on, 'b', 1, { watermark: 20 });
    expect((await next()).watermark).to.equal(undefined);
  });

  it('forgets what was taken but for the newest, some at a time', async () => {
    const on = engine();
    for (let n = 1; n <= 40; n += 1) await offer(on, 'a', n);
    const { next, opened } = open(on);
    for (let n = 1; n <= 30; n += 1) await next();
    await commit(opened, { a: 10 });
    expect(on.of(offeredSubject('s', 'a'))).to.have.lengthOf(40);
    await commit(opened, { a: 30 });
    expect(on.of(offeredSubject('s', 'a'))).to.have.lengthOf(11);
    const later = open(on, { from: { a: 30 } });
    expect(words(await later.next())).to.deep.equal(['a 31']);
    // Who stood still and finds that what it was to give next is forgotten was replaced meanwhile.
    const stale = open(on, { from: { a: 3 } });
    expect(await caught(stale.next())).to.be.instanceOf(Superseded);
  });
});

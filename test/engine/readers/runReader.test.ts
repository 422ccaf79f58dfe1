import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { encodeEnvelope } from '../../../src/engine/envelope.ts';
import { decodeOffer, encodeOffer, offeredSubject } from '../../../src/engine/readers/offered.ts';
import { runReader, type ReaderFeed } from '../../../src/engine/readers/runReader.ts';
import { readLog } from '../../../src/engine/readLog.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught, makeRole, until } from '../../support/engine/roles.ts';
import { eventAt } from '../../support/fakes.ts';

const batch = (n: number, text = `line ${n}`): SourceBatch => ({ records: [eventAt(n, text)], position: n });

/** A source of these batches, where it was opened and what it was told is safe. */
function feedOf(batches: readonly SourceBatch[]): ReaderFeed & { from: Json[]; safe: Json[] } {
  const [from, safe]: [Json[], Json[]] = [[], []];
  return {
    from,
    safe,
    async *batches(at) {
      from.push(at);
      for (const one of batches) if (Number(one.position) > Number(at ?? 0)) yield one;
    },
    commit: async (position) => void safe.push(position),
  };
}

describe('a reader of a source', () => {
  const subject = offeredSubject('s', 'r');
  const start = (
    engine: MemoryEngine,
    feed: ReaderFeed,
    { id = 'p', ahead = { messages: 100, bytes: 2 ** 20 }, pause = async () => {} } = {},
  ) => runReader(feed, { ...makeRole(engine, id, new AbortController().signal, { ahead }), source: 's', reader: 'r', pause });
  async function texts(engine: MemoryEngine): Promise<string[]> {
    const stop = new AbortController();
    const found: string[] = [];
    const newest = engine.of(subject).at(-1)!.seq;
    for await (const { content, seq } of readLog(engine.transport('look'), subject, 0, stop.signal)) {
      found.push(...decodeOffer(content).records.map((one) => (one.kind === 'event' ? one.event.text.slice(0, 20) : one.kind)));
      if (seq >= newest) stop.abort();
    }
    return found;
  }

  it('tells the source what is safe once it is offered, and nothing of what nobody has to know', async () => {
    const engine = new MemoryEngine({ step: false });
    const feed = feedOf([batch(1), { records: [], position: 2 }, batch(3), { records: [], position: 4, watermark: 9 }]);
    await start(engine, feed);
    expect(await texts(engine)).to.deep.equal(['line 1', 'line 3']);
    expect(feed.safe).to.deep.equal([1, 3, 4]);
  });

  it('goes on where the one before it has come to, also where that died in the midst of a long message', async () => {
    const engine = new MemoryEngine({ step: false });
    const long = 'x'.repeat(1_200_000);
    await start(engine, feedOf([batch(1), batch(2, `second ${long}`)]));
    const tail = engine.of(subject).at(-1)!.seq;
    const half = encodeOffer(batch(3, `third ${long}`)).subarray(0, 1000);
    const torn = encodeEnvelope({ n: 3, prev: 2, part: 0, of: 3, flag: '', sum: 'other', owner: 'p' }, half);
    await engine.transport('p').append(subject, torn, tail);
    const feed = feedOf([batch(1), batch(2), batch(3, `third ${long}`)]);
    await start(engine, feed, { id: 'q' });
    expect(feed.from).to.deep.equal([2]);
    expect((await texts(engine)).map((text) => text.slice(0, 6))).to.deep.equal(['line 1', 'second', 'third ']);
  });

  it('waits while nobody takes what it has offered, and goes on as soon as somebody does', async () => {
    const engine = new MemoryEngine({ step: false });
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      // Taken, but for the newest.
      if (pauses === 3) await engine.transport('t').purge(subject, engine.of(subject).at(-2)!.seq);
    };
    await start(engine, feedOf([1, 2, 3, 4, 5].map((n) => batch(n))), { ahead: { messages: 3, bytes: 2 ** 20 }, pause });
    expect(pauses).to.equal(3);
    expect(engine.of(subject)).to.have.lengthOf(3);
  });

  it('is superseded by another that has offered something since', async () => {
    const engine = new MemoryEngine({ step: false });
    let go = (): void => undefined;
    const slow: ReaderFeed = {
      async *batches() {
        yield batch(1);
        await new Promise<void>((resolve) => (go = resolve));
        yield batch(2);
      },
      commit: async () => undefined,
    };
    const first = caught(start(engine, slow));
    await until(() => engine.of(subject).length === 1);
    await start(engine, feedOf([batch(1), batch(2)]), { id: 'q' });
    go();
    expect(await first).to.be.instanceOf(Superseded);
    expect(await texts(engine)).to.deep.equal(['line 1', 'line 2']);
  });
});

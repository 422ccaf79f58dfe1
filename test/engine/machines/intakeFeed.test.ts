import { expect } from 'chai';
import { IntakeFeed } from '../../../src/engine/machines/intakeFeed.ts';
import { decodeArrivals } from '../../../src/engine/machines/messages.ts';
import { eventLines } from '../../support/durableRun.ts';
import { readText } from '../../support/engine/machines.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline = readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
sinks: { out: { ndjson: { path: /d/out.ndjson } } }`);

describe('what comes in at the sources, as messages', () => {
  /** A feed over a file of so many lines, and what it gives: flags with numbers of records. */
  async function open(text: string, state: Uint8Array | null = null, stop = new AbortController()) {
    const files = memoryFiles({ largest: 20_000 });
    await (await files.open('/in.ndjson', 'w')).write(Buffer.from(text));
    const feed = new IntakeFeed(pipeline, { io: { ...testIo(), files }, dataDir: '/d', signal: stop.signal });
    feed.load(state);
    return { feed, stop };
  }
  const count = (content: Uint8Array) =>
    content.length === 0 ? 0 : decodeArrivals(content).reduce((sum, { records }) => sum + records.length, 0);
  const ids = (content: Uint8Array) =>
    content.length === 0
      ? []
      : decodeArrivals(content).flatMap(({ records }) => records.map((one) => (one.kind === 'event' ? one.event.id : one.kind)));

  it('has some thousand records in one, however the source cuts them', async () => {
    const { feed } = await open(eventLines(20_000, { inOrder: true }));
    const given: [string, number][] = [];
    for await (const { flag, content } of feed.messages()) given.push([flag, count(content)]);
    await feed.close();
    const plain = given.filter(([flag]) => flag === '').map(([, records]) => records);
    expect(plain.length).to.be.within(2, 3);
    expect(plain.slice(0, -1).every((records) => records >= 8_192)).to.equal(true);
    expect(given.reduce((sum, [, records]) => sum + records, 0)).to.equal(20_000);
    expect(given.at(-1)).to.deep.equal(['end', 0]);
  });

  it('has fewer where they are long, so that none is too large to be held', async () => {
    const long = (n: number) => JSON.stringify({ timestamp: new Date(n).toISOString(), text: `${n} ${'x'.repeat(100_000)}` });
    const { feed } = await open(`${Array.from({ length: 100 }, (_, n) => long(n)).join('\n')}\n`);
    const given: number[] = [];
    for await (const { content } of feed.messages()) given.push(count(content));
    await feed.close();
    expect(given.reduce((sum, records) => sum + records, 0)).to.equal(100);
    expect(Math.max(...given)).to.be.within(40, 60);
  });

  it('tells what is given again once the input has grown, and all that is behind it', async () => {
    const { feed } = await open(eventLines(50).slice(0, -20));
    const flags: string[] = [];
    for await (const { flag } of feed.messages()) flags.push(flag);
    await feed.close();
    expect(flags.at(-1)).to.equal('end');
    expect(flags.at(-2)).to.equal('provisional');
    expect(flags.indexOf('provisional')).to.be.greaterThan(flags.lastIndexOf(''));
  });

  it('goes on behind what was saved, or replayed, and gives no record twice', async () => {
    const text = eventLines(30_000, { inOrder: true });
    const whole: string[] = [];
    const first = await open(text);
    const saved: Uint8Array[] = [];
    const contents: Uint8Array[] = [];
    for await (const { content } of first.feed.messages()) {
      whole.push(...ids(content));
      saved.push(first.feed.save());
      contents.push(content);
    }
    await first.feed.close();
    expect(new Set(whole).size).to.equal(30_000);
    for (const [state, replayed] of [
      [saved[0]!, []],
      [saved[0]!, [contents[1]!]],
      [null, contents.slice(0, 2)],
    ] as const) {
      const { feed } = await open(text, state);
      for (const content of replayed) feed.replay(content);
      const rest: string[] = [];
      for await (const { content } of feed.messages()) rest.push(...ids(content));
      await feed.close();
      expect(whole.slice(-rest.length)).to.deep.equal(rest);
      const before = (state ? count(contents[0]!) : 0) + replayed.reduce((sum, content) => sum + count(content), 0);
      expect(rest.length).to.equal(30_000 - before);
    }
  });

  it('has no end where it is told to stop', async () => {
    const { feed, stop } = await open(eventLines(20_000, { inOrder: true }));
    const flags: string[] = [];
    for await (const { flag } of feed.messages()) {
      flags.push(flag);
      stop.abort();
    }
    await feed.close();
    expect(flags).to.not.include('end');
  });
});

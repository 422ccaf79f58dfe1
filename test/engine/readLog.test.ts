import { expect } from 'chai';
import { cutContent, decodeEnvelope, encodeEnvelope, type Envelope } from '../../src/engine/envelope.ts';
import { readLog } from '../../src/engine/readLog.ts';
import { Superseded, type Transport } from '../../src/engine/transport.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

describe('the reading end of a numbered log', () => {
  let engine: MemoryEngine;
  let transport: Transport;
  let stop: AbortController;
  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
    transport = engine.transport('a');
    stop = new AbortController();
  });

  const write = (envelope: Partial<Envelope> & { n: number }, text: string) => {
    const before = engine.of('in.0').at(-1);
    const newest = before ? decodeEnvelope(before.body).envelope : { n: 0, prev: 0 };
    const prev = newest.n === envelope.n ? newest.prev : newest.n;
    return transport.append('in.0', encodeEnvelope({ prev, part: 0, of: 1, flag: '', ...envelope }, bytes(text)), null);
  };

  /** What it gives up to what is there now. */
  async function read(after = 0, from: Transport = transport): Promise<string[]> {
    const given: string[] = [];
    const upTo = engine.messages.at(-1)!.seq;
    for await (const { n, content } of readLog(from, 'in.0', after, stop.signal, upTo))
      given.push(`${n} ${Buffer.from(content).toString()}`);
    return given;
  }

  it('puts parts together', async () => {
    await write({ n: 1 }, 'one');
    await write({ n: 2, of: 2 }, 'tw');
    await write({ n: 2, part: 1, of: 2 }, 'o');
    expect(await read()).to.deep.equal(['1 one', '2 two']);
  });

  it('passes over a message whose writer died in its midst, and one of which the beginning was forgotten', async () => {
    await write({ n: 1, part: 1, of: 2 }, 'ne');
    await write({ n: 2, of: 2 }, 'tw');
    await write({ n: 3 }, 'three');
    expect(await read()).to.deep.equal(['3 three']);
  });

  it('begins behind a number', async () => {
    for (const n of [1, 4, 5]) await write({ n }, 'x');
    expect(await read(4)).to.deep.equal(['5 x']);
  });

  it('begins behind a number, also where of what is before that some is forgotten and not the first', async () => {
    for (let n = 1; n <= 12; n += 1) await write({ n }, 'x');
    const [, second, , , fifth] = engine.of('in.0');
    engine.messages.splice(0, engine.messages.length, ...engine.messages.filter((one) => one === second || one === fifth || one.seq > 8));
    expect(await read(9)).to.deep.equal(['10 x', '11 x', '12 x']);
    let thrown: unknown = null;
    await read(5).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(Superseded);
  });

  it('gives nothing twice where the engine does', async () => {
    for (const n of [1, 2, 3]) await write({ n, of: 2 }, `${n}`).then(() => write({ n, part: 1, of: 2 }, '!'));
    const again: Transport = {
      ...transport,
      read: async function* (subject) {
        yield* engine.of(subject).slice(0, 3);
        yield* engine.of(subject);
      },
    };
    expect(await read(0, again)).to.deep.equal(['1 1!', '2 2!', '3 3!']);
  });

  it('ends when it is told to, waiting or not', async () => {
    await write({ n: 1 }, 'one');
    const given: number[] = [];
    for await (const { n } of readLog(transport, 'in.0', 0, stop.signal)) {
      given.push(n);
      // In the meantime it waits for the next.
      setImmediate(() => stop.abort());
    }
    expect(given).to.deep.equal([1]);
  });

  it('goes on where what it has read is forgotten under it', async () => {
    for (const n of [1, 2, 3]) await write({ n }, 'x');
    const given: number[] = [];
    for await (const { n } of readLog(transport, 'in.0', 0, stop.signal, 3)) {
      given.push(n);
      await transport.purge('in.0', n);
    }
    expect(given).to.deep.equal([1, 2, 3]);
  });

  it('ends where what it has not read is forgotten: another has gone on behind it', async () => {
    for (const n of [1, 3, 4, 7]) await write({ n }, 'x');
    await transport.purge('in.0', 2);
    expect(await read(3)).to.deep.equal(['4 x', '7 x']);
    for (const after of [0, 1, 2])
      expect(await read(after).then(null, (thrown: unknown) => thrown), `${after}`).to.be.instanceOf(Superseded);
  });
});

describe('a content', () => {
  it('is cut so that it fits, and an empty one is a part as well', () => {
    expect(cutContent(bytes('abcde'), 2).map((part) => Buffer.from(part).toString())).to.deep.equal(['ab', 'cd', 'e']);
    expect(cutContent(bytes(''), 2)).to.have.length(1);
  });
});

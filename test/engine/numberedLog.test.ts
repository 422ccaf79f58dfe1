import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decodeEnvelope, partBytes } from '../../src/engine/envelope.ts';
import { NumberedLog } from '../../src/engine/numberedLog.ts';
import { readLog } from '../../src/engine/readLog.ts';
import { Superseded, type Transport } from '../../src/engine/transport.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
/** It cannot be packed. */
const large = Uint8Array.from(randomBytes(2 * partBytes + 1));
const caught = (work: Promise<unknown>) => work.then(null, (thrown: unknown) => thrown);

describe('the writing end of a numbered log', () => {
  let engine: MemoryEngine;
  let transport: Transport;
  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
    transport = engine.transport('a');
  });

  const written = () =>
    engine.of('in.0').map(({ body }) => {
      const { n, part, of } = decodeEnvelope(body).envelope;
      return [n, part, of];
    });

  it('writes a message that is too large for one in parts, an empty one in one', async () => {
    const log = await NumberedLog.open(transport, 'in.0');
    await log.append(1, large);
    await log.append(2, bytes(''));
    expect(written()).to.deep.equal([
      [1, 0, 3],
      [1, 1, 3],
      [1, 2, 3],
      [2, 0, 1],
    ]);
  });

  it('writes what can be packed in fewer parts, and it is read as it was', async () => {
    const log = await NumberedLog.open(transport, 'in.0');
    const lines = Buffer.from(randomBytes((partBytes * 5) / 4).toString('hex'));
    await log.append(1, lines);
    await log.append(2, bytes('small'));
    expect(written()).to.deep.equal([
      [1, 0, 2],
      [1, 1, 2],
      [2, 0, 1],
    ]);
    const contents: Buffer[] = [];
    for await (const { content } of readLog(transport, 'in.0', 0, new AbortController().signal, engine.messages.at(-1)!.seq))
      contents.push(Buffer.from(content));
    expect(contents.map((content, i) => content.equals([lines, bytes('small')][i]!))).to.deep.equal([true, true]);
  });

  it('writes nothing twice that the one before it wrote, and goes on in the midst of a message', async () => {
    const first = await NumberedLog.open(transport, 'in.0');
    await first.append(1, bytes('one'));
    await first.append(2, large);
    // It died behind the second part.
    engine.messages.splice(3);
    const second = await NumberedLog.open(transport, 'in.0');
    for (const [n, content] of [
      [1, bytes('one')],
      [2, large],
      [3, bytes('three')],
    ] as const)
      await second.append(n, content);
    expect(written()).to.deep.equal([
      [1, 0, 1],
      [2, 0, 3],
      [2, 1, 3],
      [2, 2, 3],
      [3, 0, 1],
    ]);
  });

  it('begins a message anew where the one before it died in its midst, and had written it in other bytes', async () => {
    const first = await NumberedLog.open(transport, 'in.0');
    await first.append(1, large);
    engine.messages.splice(2);
    const other = Uint8Array.from(large);
    other[7] = 1;
    const second = await NumberedLog.open(transport, 'in.0');
    await second.append(1, other);
    await second.append(2, bytes('two'));
    // The one before it was not dead.
    await first.append(1, large);
    expect(written()).to.deep.equal([
      [1, 0, 3],
      [1, 1, 3],
      [1, 0, 3],
      [1, 1, 3],
      [1, 2, 3],
      [2, 0, 1],
    ]);
    const contents: Uint8Array[] = [];
    for await (const { content } of readLog(transport, 'in.0', 0, new AbortController().signal, engine.messages.at(-1)!.seq))
      contents.push(content);
    expect(contents.map((content) => Buffer.from(content).equals(other))).to.deep.equal([true, false]);
  });

  it('is superseded where another is in the midst of the same message, in other bytes', async () => {
    const [a, b] = [await NumberedLog.open(transport, 'in.0'), await NumberedLog.open(transport, 'in.0')];
    const other = Uint8Array.from(large);
    other[7] = 1;
    await b.append(1, other);
    engine.messages.splice(1);
    expect(await caught(a.append(1, large))).to.be.instanceOf(Superseded);
  });

  it('goes on beside another that writes the same', async () => {
    const [a, b] = [await NumberedLog.open(transport, 'in.0'), await NumberedLog.open(transport, 'in.0')];
    for (const n of [1, 2, 3]) await Promise.all([a.append(n, bytes(`${n}`)), b.append(n, bytes(`${n}`))]);
    expect(written().map(([n]) => n)).to.deep.equal([1, 2, 3]);
  });

  it('is superseded where another has written other numbers', async () => {
    const [a, b] = [await NumberedLog.open(transport, 'in.0'), await NumberedLog.open(transport, 'in.0')];
    await a.append(5, bytes('five'));
    await a.append(9, bytes('nine'));
    // The tail has what it wants to write behind it, so nothing is missing.
    await b.append(6, bytes('six'));
    expect(written().map(([n]) => n)).to.deep.equal([5, 9]);
    const c = await NumberedLog.open(transport, 'in.0');
    await a.append(10, bytes('ten'));
    expect(await caught(c.append(11, bytes('eleven')))).to.be.instanceOf(Superseded);
  });

  it('with an owner is superseded by whatever another writes, but knows what is its own', async () => {
    const a = await NumberedLog.open(transport, 'in.0', 'a');
    const b = await NumberedLog.open(transport, 'in.0', 'b');
    await a.append(1, bytes('one'));
    expect(await caught(b.append(1, bytes('one')))).to.be.instanceOf(Superseded);
    const twice: Transport = {
      ...transport,
      append: async (...given) => {
        await transport.append(...given);
        return transport.append(...given);
      },
    };
    const again = await NumberedLog.open(twice, 'in.0', 'a');
    await again.append(2, bytes('two'));
    await again.append(3, bytes('three'));
    expect(written().map(([n]) => n)).to.deep.equal([1, 2, 3]);
  });

  it('passes on what the engine fails at', async () => {
    const failing: Transport = { ...transport, append: () => Promise.reject(new Error('the disk is full')) };
    const log = await NumberedLog.open(failing, 'in.0');
    expect(await caught(log.append(1, bytes('one')))).to.have.property('message', 'the disk is full');
  });
});

import { expect } from 'chai';
import { loopBack } from '../../../src/engine/loopback/loopBack.ts';
import type { Message, Transport } from '../../../src/engine/transport.ts';
import { until } from '../../support/engine/roles.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { transportContract } from '../../support/engine/transportContract.ts';
import { testIo } from '../../support/testIo.ts';

const soon = { ...testIo(), sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };
const never = { ...testIo(), sleep: () => new Promise<void>(() => undefined) };

/** A transport, and the subjects that were read from the engine behind it. */
function watched(inner: Transport): { transport: Transport; readings: string[] } {
  const readings: string[] = [];
  return {
    transport: {
      ...inner,
      read: (subject, signal, after) => {
        readings.push(`${subject} behind ${after}`);
        return inner.read(subject, signal, after);
      },
    },
    readings,
  };
}

function readInto(transport: Transport, subject: string, given: string[], signal: AbortSignal, after?: number): Promise<void> {
  return (async () => {
    for await (const { body } of transport.read(subject, signal, after)) given.push(Buffer.from(body).toString());
  })();
}

describe('an engine that is not asked for what was written here', () => {
  transportContract(async () => {
    const engine = new MemoryEngine({ step: false });
    return {
      open: async (process) => loopBack(engine.transport(process), soon),
      lapse: async () => engine.holds.clear(),
      close: async () => undefined,
    };
  });

  it('gives what is written under a fence to who reads here, and the engine is let go once enough came so', async () => {
    const { transport, readings } = watched(new MemoryEngine({ step: false }).transport('one'));
    const looped = loopBack(transport, never);
    const [stop, given]: [AbortController, string[]] = [new AbortController(), []];
    let fence = await looped.append('desk', Buffer.from('before'), 0);
    const reading = readInto(looped, 'desk', given, stop.signal);
    for (let n = 0; n < 5; n += 1) fence = await looped.append('desk', Buffer.from(`${n}`), fence);
    await until(() => given.length === 6);
    transport.read = () => {
      throw new Error('it was asked again');
    };
    for (let n = 5; n < 50; n += 1) fence = await looped.append('desk', Buffer.from(`${n}`), fence);
    await until(() => given.length === 51);
    expect(given).to.deep.equal(['before', ...Array.from({ length: 50 }, (_, n) => `${n}`)]);
    expect(readings).to.deep.equal(['desk behind 0']);
    stop.abort();
    await reading;
  });

  it('gives the very bytes that were written', async () => {
    const looped = loopBack(new MemoryEngine({ step: false }).transport('one'), never);
    const reading = looped.read('desk', new AbortController().signal)[Symbol.asyncIterator]();
    for (let seq = 0; seq < 5;) {
      const next = reading.next();
      const body = Buffer.from(`${seq}`);
      seq = await looped.append('desk', body, seq);
      const { value } = (await next) as { value: Message };
      expect(value.seq).to.equal(seq);
      if (seq > 3) expect(value.body).to.equal(body);
    }
    await reading.return!();
  });

  it('asks the engine for what was written without a fence, and for what is refused or fails gives nothing', async () => {
    const engine = new MemoryEngine({ step: false });
    const looped = loopBack(engine.transport('one'), soon);
    const [stop, given]: [AbortController, string[]] = [new AbortController(), []];
    const reading = readInto(looped, 'desk', given, stop.signal);
    const first = await looped.append('desk', Buffer.from('a'), 0);
    await looped.append('desk', Buffer.from('refused'), 0).catch(() => undefined);
    await looped.append('desk', Buffer.from('b'), null);
    await until(() => given.length === 2);
    expect(given).to.deep.equal(['a', 'b']);
    expect(first).to.equal(1);
    stop.abort();
    await reading;
  });

  it('lets a writer wait while more is unread here than may be, but for a moment only', async () => {
    const looped = loopBack(new MemoryEngine({ step: false }).transport('one'), never, { kept: 1000, unread: 10 });
    const reading = looped.read('desk', new AbortController().signal)[Symbol.asyncIterator]();
    const first = reading.next();
    let written = 0;
    const write = async (body: string, expected: number) => (written = await looped.append('desk', Buffer.from(body), expected));
    await write('taken', 0);
    await first;
    await write('ten bytes.', 1);
    const third = write('one more', 2);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(written).to.equal(2);
    await reading.next();
    await third;
    expect(written).to.equal(3);
    const patient = loopBack(new MemoryEngine({ step: false }).transport('one'), soon, { kept: 1000, unread: 10 });
    void patient.read('desk', new AbortController().signal)[Symbol.asyncIterator]().next();
    const seq = await patient.append('desk', Buffer.from('a'), 0);
    expect(await patient.append('desk', Buffer.from('longer than ten bytes'), seq)).to.equal(2);
  });

  it('keeps nothing for who has stopped to read, or waits for a message that he never asks for', async () => {
    const looped = loopBack(new MemoryEngine({ step: false }).transport('one'), never, { kept: 1000, unread: 0 });
    const stop = new AbortController();
    const reading = looped.read('desk', stop.signal)[Symbol.asyncIterator]();
    const first = reading.next();
    await looped.append('desk', Buffer.from('a'), 0);
    await first;
    stop.abort();
    // He is not asked to go on, and does not know that it is over.
    await looped.append('desk', Buffer.from('b'), 1);
    expect(await looped.append('desk', Buffer.from('c'), 2)).to.equal(3);
  });

  it('ends a reading that waits for what is written here when it is closed', async () => {
    const looped = loopBack(new MemoryEngine({ step: false }).transport('one'), never);
    const given: string[] = [];
    const reading = readInto(looped, 'desk', given, new AbortController().signal);
    for (let seq = 0; seq < 5;) seq = await looped.append('desk', Buffer.from('a'), seq);
    await until(() => given.length === 5);
    await looped.close();
    await reading;
  });

  it('says what the engine has to say', async () => {
    const inner = new MemoryEngine({ step: false }).transport('one');
    expect(loopBack(inner, never)).to.not.have.any.keys('remarks', 'trouble');
    const trouble = { since: 1, why: 'it is away' };
    const telling = loopBack({ ...inner, remarks: ['one copy'], trouble: () => trouble }, never);
    expect(telling.remarks).to.deep.equal(['one copy']);
    expect(telling.trouble!()).to.equal(trouble);
  });
});

import { expect } from 'chai';
import { CheckpointLog, type Maker } from '../../src/engine/checkpointLog.ts';
import { partBytes } from '../../src/engine/envelope.ts';
import { Superseded, type Transport } from '../../src/engine/transport.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { randomFrom } from '../support/engine/randomFrom.ts';

const maker = (id: string, made = 'file 1'): Maker => ({ id, made, now: () => 7 });
const bytes = (text: string) => Uint8Array.from(Buffer.from(text));

/** Bytes that do not pack. */
function noise(length: number): Uint8Array {
  const random = randomFrom(5);
  return Uint8Array.from({ length }, () => random(256));
}

describe('the checkpoints of a piece of work on an engine', () => {
  let engine: MemoryEngine;
  let transport: Transport;
  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
    transport = engine.transport('a');
  });

  it('are none before the first', async () => {
    expect(await new CheckpointLog(transport, 'p0', maker('a')).load()).to.equal(null);
  });

  it('come back as they were saved, larger than a message or empty', async () => {
    for (const state of [noise(2 * partBytes + 17), bytes(''), bytes('x')]) {
      const log = new CheckpointLog(transport, 'p0', maker('a'));
      await log.load();
      await log.save({ n: 3, seq: 9, state });
      const found = await new CheckpointLog(transport, 'p0', maker('b')).load();
      expect(found).to.include({ n: 3, seq: 9 });
      expect(Buffer.concat(found!.state).equals(state)).to.equal(true);
    }
    expect(Math.max(...engine.messages.map(({ body }) => body.length))).to.be.at.most(partBytes);
  });

  it('are kept twice, the newest and the one before, which somebody may be reading', async () => {
    const log = new CheckpointLog(transport, 'p0', maker('a'));
    await log.load();
    const free: number[] = [];
    for (let n = 1; n <= 5; n += 1) free.push(await log.save({ n, seq: 10 * n, state: bytes(`state ${n}`) }));
    // What lies behind the older of the two is needed by it.
    expect(free).to.deep.equal([0, 10, 20, 30, 40]);
    expect([engine.of('ckpt.p0.head').length, engine.of('ckpt.p0.data').length]).to.deep.equal([2, 2]);
  });

  it('hold what has changed alone, until that is more than all of it, or many pieces, whoever goes on', async () => {
    const log = new CheckpointLog(transport, 'p0', maker('a'));
    await log.load();
    const wrote: boolean[] = [];
    const save = async (n: number, state: (all: boolean) => Uint8Array) => {
      const { needsAll } = log;
      wrote.push(needsAll);
      await log.save({ n, seq: n, state: state(needsAll), isChange: !needsAll });
    };
    for (let n = 1; n <= 6; n += 1) await save(n, (all) => noise(all ? 1000 : 300));
    // 1,000 bytes, and four times 300.
    expect(wrote).to.deep.equal([true, false, false, false, false, true]);
    wrote.length = 0;
    for (let n = 7; n <= 50; n += 1) await save(n, (all) => (all ? noise(5000) : bytes('x')));
    expect(wrote.flatMap((all, i) => (all ? [i] : []))).to.deep.equal([32]);
    const next = new CheckpointLog(transport, 'p0', maker('b'));
    const found = await next.load();
    expect(found!.state.length).to.be.within(2, 34);
    expect(found!.state[0]!.length).to.be.greaterThan(999);
    // The 32 changes of one byte are no larger than what they have changed.
    expect(next.needsAll).to.equal(found!.state.length > 32);
    const first = new CheckpointLog(transport, 'p1', maker('b'));
    await first.load();
    expect(first.needsAll).to.equal(true);
    // The chunks of what was before the older of the two are forgotten.
    expect(engine.of('ckpt.p0.data').length).to.be.at.most(33 + 34);
  });

  it('are read again where newer ones are written between the head and the state', async () => {
    const writer = new CheckpointLog(transport, 'p0', maker('a'));
    await writer.load();
    await writer.save({ n: 1, seq: 1, state: bytes('one') });
    let isFirst = true;
    const slow: Transport = {
      ...engine.transport('b'),
      get: async (seq) => {
        if (isFirst) {
          isFirst = false;
          for (const n of [2, 3, 4]) await writer.save({ n, seq: n, state: bytes(`state ${n}`) });
        }
        return transport.get(seq);
      },
    };
    const found = await new CheckpointLog(slow, 'p0', maker('b')).load();
    expect(found).to.include({ n: 4 });
    expect(Buffer.concat(found!.state).toString()).to.equal('state 4');
  });

  it('say so where the engine has lost a part of one', async () => {
    const log = new CheckpointLog(transport, 'p0', maker('a'));
    await log.load();
    await log.save({ n: 1, seq: 1, state: bytes('one') });
    engine.messages.splice(0, 1);
    const error = await new CheckpointLog(transport, 'p0', maker('b')).load().then(null, (thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CAD042');
  });

  it('are refused of a process that was stopped while another went on', async () => {
    const zombie = new CheckpointLog(transport, 'p0', maker('a'));
    await zombie.load();
    const owner = new CheckpointLog(transport, 'p0', maker('b'));
    await owner.load();
    await owner.save({ n: 2, seq: 2, state: bytes('of the owner') });
    expect(await zombie.save({ n: 1, seq: 1, state: bytes('of the zombie') }).then(null, (thrown: unknown) => thrown)).to.be.instanceOf(
      Superseded,
    );
    expect(Buffer.concat((await owner.load())!.state).toString()).to.equal('of the owner');
  });

  it('are known as its own where a head was written before the server went away, and tried again', async () => {
    const twice: Transport = {
      ...transport,
      append: async (subject, body, expected) => {
        if (subject.endsWith('.head')) await transport.append(subject, body, expected);
        return transport.append(subject, body, expected);
      },
    };
    const log = new CheckpointLog(twice, 'p0', maker('a'));
    await log.load();
    for (const n of [1, 2, 3]) await log.save({ n, seq: n, state: bytes(`state ${n}`) });
    expect(Buffer.concat((await log.load())!.state).toString()).to.equal('state 3');
  });

  it('of another release or file are not taken up', async () => {
    const log = new CheckpointLog(transport, 'p0', maker('a'));
    await log.load();
    await log.save({ n: 1, seq: 1, state: bytes('one') });
    const error = await new CheckpointLog(transport, 'p0', maker('b', 'file 2')).load().then(null, (thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CAD042');
    expect(error).to.have.property('message').that.contains('another release or another file');
  });
});

import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { encodeState } from '../../../src/engine/machines/messages.ts';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { askForRevision, beginRevision, readRevision } from '../../../src/engine/revision/revision.ts';
import { scopeTransport } from '../../../src/engine/revision/scopeTransport.ts';
import { readHandover, takeOver, type TakeOverOptions } from '../../../src/engine/revision/takeOver.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

const work = (made: string) => ({ made, release: '1', partitions: 1, at: 0, by: 'w1' });
const bytes = (text: string) => Buffer.from(text);

describe('taking over from another file', () => {
  let engine: MemoryEngine;
  let transport: ReturnType<MemoryEngine['transport']>;
  const phase = async () => readHandover(transport, (await readRevision(transport))!.revision);
  const options = (more: Partial<TakeOverOptions> = {}): TakeOverOptions => ({
    ...{ transport, own: work('b'), now: () => 0 },
    convert: ({ whole, sequencer }) => ({ sequencer, desk: whole, partitions: [bytes('p')], notes: ['it knows that'] }),
    ...more,
  });
  beforeEach(async () => {
    engine = new MemoryEngine({ step: false });
    transport = engine.transport('w1');
    await beginRevision(transport, work('a'));
    await askForRevision(transport, { ...work('b'), acceptChanges: false });
  });

  /** All that those who work by the first file do when they let it go. */
  async function letGo(): Promise<void> {
    const maker = { id: 'w1', made: 'a', now: () => 0 };
    for (const [name, state] of [
      ['whole', 'W'],
      ['sequencer', 'S'],
    ] as const) {
      const log = new CheckpointLog(transport, name, maker);
      await log.load();
      await log.save({ n: 1, seq: 1, state: bytes(state) });
    }
    expect(await phase()).to.equal('sources');
    await (await NumberedLog.open(transport, 'arrivals')).append(1, bytes(''), 'revise');
    expect(await phase()).to.equal('desk');
    await (await NumberedLog.open(transport, 'desk')).append(1, bytes(''), 'revise');
    expect(await phase()).to.equal('writer');
    await transport.append('place', encodeState({ n: 1, at: 0 }), null);
    expect(await phase()).to.equal('ready');
  }

  it('waits for the sources, the desk and the writer, one after the other, and changes nothing meanwhile', async () => {
    const before = engine.messages.length;
    expect(await takeOver(options())).to.equal('sources');
    expect(engine.messages).to.have.length(before);
    await letGo();
  });

  it('goes on from what was known, in logs of its own', async () => {
    await letGo();
    expect(await takeOver(options())).to.equal('ready');
    const { revision } = (await readRevision(transport))!;
    expect(revision).to.deep.include({ number: 2, made: 'b', notes: ['it knows that'] });
    expect(revision).not.to.have.property('next');
    const second = scopeTransport(transport, 2);
    for (const [name, state] of Object.entries({ sequencer: 'S', desk: 'W', p0: 'p' })) {
      const found = await new CheckpointLog(second, name, { id: 'w2', made: 'b', now: () => 0 }).load();
      expect(found).to.deep.include({ n: 0, seq: 0 });
      expect(Buffer.from(found!.state[0]!).toString()).to.equal(state);
    }
  });

  it('leaves what another process has begun with as it is, however late it comes', async () => {
    await letGo();
    let late: Promise<unknown> = Promise.resolve();
    const convert: TakeOverOptions['convert'] = ({ whole, sequencer }) => {
      // Another does all of it meanwhile, and goes on.
      late = takeOver(options({ own: { ...work('b'), by: 'w2' } })).then(async () => {
        const desk = new CheckpointLog(scopeTransport(transport, 2), 'desk', { id: 'w2', made: 'b', now: () => 0 });
        await desk.load();
        await desk.save({ n: 7, seq: 7, state: bytes('later') });
      });
      return { sequencer, desk: whole, partitions: [bytes('p')], notes: [] };
    };
    const slow = {
      ...transport,
      last: async (subject: string) => (subject.startsWith('r2.') ? late : Promise.resolve()).then(() => transport.last(subject)),
    };
    await takeOver(options({ transport: slow, convert }));
    await late;
    const found = await new CheckpointLog(scopeTransport(transport, 2), 'desk', { id: 'w3', made: 'b', now: () => 0 }).load();
    expect(found).to.deep.include({ n: 7 });
  });

  it('of a file that another was asked for in place of has numbers of its own, and begins nothing', async () => {
    await letGo();
    let asked: Promise<unknown> = Promise.resolve();
    const convert: TakeOverOptions['convert'] = ({ whole, sequencer }) => {
      asked = askForRevision(transport, { ...work('c'), acceptChanges: false });
      return { sequencer, desk: whole, partitions: [bytes('p')], notes: [] };
    };
    await takeOver(options({ convert }));
    await asked;
    expect((await readRevision(transport))!.revision).to.deep.include({ number: 1, earlier: [{ number: 2, partitions: 1 }] });
    await takeOver(options({ own: work('c') }));
    const { revision } = (await readRevision(transport))!;
    expect(revision).to.deep.include({ number: 3, made: 'c' });
    expect(revision.earlier).to.deep.equal([
      { number: 2, partitions: 1 },
      { number: 1, partitions: 1 },
    ]);
  });

  it('is nothing for whom nobody asked', async () => {
    await letGo();
    await takeOver(options({ own: work('c') }));
    expect((await readRevision(transport))!.revision).to.include({ number: 1, made: 'a' });
  });

  it('lets the file before go on where its states do not fit, and keeps the reason', async () => {
    await letGo();
    const convert = () => {
      throw new CaducusError('CAD042', {}, 'operator memory has another window');
    };
    await takeOver(options({ convert }));
    const { revision } = (await readRevision(transport))!;
    expect(revision).to.deep.include({ number: 1, made: 'a' });
    expect(revision.next).to.include({ made: 'a' });
    expect(revision.refused).to.include({ made: 'b' });
    expect(revision.refused!.why).to.contain('another window');
    await takeOver(options({ own: work('a') }));
    expect((await readRevision(transport))!.revision).to.deep.include({ number: 3, made: 'a' });
  });
});

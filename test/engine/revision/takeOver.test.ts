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
    expect((await readRevision(transport))!.revision).to.deep.include({ number: 2, made: 'a' });
  });
});

import { expect } from 'chai';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { runDesk } from '../../../src/engine/roles/desk.ts';
import { runPartition } from '../../../src/engine/roles/partition.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught, listMessages, makeRole, until } from '../../support/engine/roles.ts';
import { ToyDesk, ToyPartition } from '../../support/engine/toyMachines.ts';

const records = (...of: [number, number][]) => Buffer.from(JSON.stringify(of));
const nothing = new Uint8Array(0);

describe('the work of the desk', () => {
  let engine: MemoryEngine;
  let arrivals: NumberedLog;
  let stop: AbortController;
  beforeEach(async () => {
    engine = new MemoryEngine({ step: false });
    arrivals = await NumberedLog.open(engine.transport('sequencer'), 'arrivals', 's');
    stop = new AbortController();
  });

  const partition = () => runPartition(0, new ToyPartition(), makeRole(engine, 'p', stop.signal));
  const desk = (more = {}) => runDesk(new ToyDesk(1), 1, makeRole(engine, 'd', stop.signal, more));
  const left = () => listMessages(engine, 'desk');

  it('hands messages out before the first has come back, four at most', async () => {
    for (let n = 1; n <= 9; n += 1) await arrivals.append(n, records([0, n]));
    const work = desk();
    await until(() => listMessages(engine, 'in.0').length === 4);
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(listMessages(engine, 'in.0')).to.have.length(4);
    const parts = partition();
    await until(() => left().length === 9);
    stop.abort();
    await Promise.all([work, parts]);
  });

  it('asks for the states behind the last that counts for good, and closes by itself', async () => {
    await arrivals.append(1, records([0, 1]));
    await arrivals.append(2, records([0, 2]), 'provisional');
    await arrivals.append(3, nothing, 'end');
    const work = [desk(), partition()];
    await until(() => left().length === 3);
    expect(listMessages(engine, 'in.0')).to.deep.equal(['1 [[0,1]]', '2 gather']);
    expect(left()).to.deep.equal(['1 1:32\n', '2 provisional2:994\n', '3 endend of 2: [[0,994]]\n']);
    stop.abort();
    await Promise.all(work);
  });

  it('goes on as if it had not closed when that is taken back', async () => {
    await arrivals.append(1, records([0, 1]));
    await arrivals.append(2, nothing, 'end');
    const work = [desk(), partition()];
    await until(() => left().length === 2);
    await arrivals.append(3, nothing, 'void');
    await arrivals.append(4, records([0, 2]));
    await until(() => left().length === 4);
    expect(left().slice(2)).to.deep.equal(['3 void', '4 2:994\n']);
    stop.abort();
    await Promise.all(work);
  });

  for (const [what, ahead] of Object.entries({
    messages: { messages: 4, bytes: 1_000 },
    bytes: { messages: 1_000, bytes: 20 },
  }))
    it(`takes checkpoints before the sequencer has to wait for one, by ${what}`, async () => {
      const work = [desk({ ahead }), partition()];
      for (let n = 1; n <= 8; n += 1) await arrivals.append(n, records([0, n]));
      await until(() => left().length === 8 && engine.of('ckpt.desk.head').length === 2);
      stop.abort();
      await Promise.all(work);
    });

  it('ends with what goes wrong, whatever it waits for', async () => {
    await arrivals.append(1, Buffer.from('no JSON'));
    expect(await caught(desk())).to.be.instanceOf(SyntaxError);
    const ahead = await NumberedLog.open(engine.transport('x'), 'out.0');
    await ahead.append(7, nothing);
    engine.messages.splice(0, 1);
    const again = await NumberedLog.open(engine.transport('sequencer'), 'arrivals', 's');
    await again.append(1, records([0, 1]));
    expect(await caught(desk())).to.be.instanceOf(Superseded);
  });
});

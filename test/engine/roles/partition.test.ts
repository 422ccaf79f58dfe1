import { expect } from 'chai';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { NumberedLog } from '../../../src/engine/numberedLog.ts';
import { runPartition } from '../../../src/engine/roles/partition.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught, listMessages, makeRole, until } from '../../support/engine/roles.ts';
import { ToyPartition } from '../../support/engine/toyMachines.ts';

const records = (...of: [number, number][]) => Buffer.from(JSON.stringify(of));

describe('the work on a partition', () => {
  let engine: MemoryEngine;
  let log: NumberedLog;
  let stop: AbortController;
  beforeEach(async () => {
    engine = new MemoryEngine({ step: false });
    log = await NumberedLog.open(engine.transport('desk'), 'in.0');
    stop = new AbortController();
  });

  const outputs = () => listMessages(engine, 'out.0');

  it('gives each message what it makes of it, under its number', async () => {
    await log.append(2, records([0, 1], [0, 2]));
    await log.append(5, records([0, 4]));
    const work = runPartition(0, new ToyPartition(), makeRole(engine, 'a', stop.signal));
    await until(() => outputs().length === 2);
    expect(outputs()).to.deep.equal(['2 [32,994]', '5 [30818]']);
    stop.abort();
    await work;
  });

  it('leaves a checkpoint when it is told to end, from which another goes on as if nothing had been', async () => {
    await log.append(1, records([0, 1]));
    const first = runPartition(0, new ToyPartition(), makeRole(engine, 'a', stop.signal));
    await until(() => outputs().length === 1);
    stop.abort();
    await first;
    engine.messages.splice(0, engine.messages.length, ...engine.messages.filter(({ subject }) => subject !== 'in.0'));
    const again = new AbortController();
    const next = await NumberedLog.open(engine.transport('desk'), 'in.0');
    await next.append(2, records([0, 2]));
    const second = runPartition(0, new ToyPartition(), makeRole(engine, 'b', again.signal));
    await until(() => outputs().length === 2);
    expect(outputs()).to.deep.equal(['1 [32]', '2 [994]']);
    again.abort();
    await second;
  });

  it('says that its state is asked for only once that is safe, and again where it died in between', async () => {
    await log.append(1, records([0, 1]));
    await log.append(2, new Uint8Array(0), 'gather');
    const work = runPartition(0, new ToyPartition(), makeRole(engine, 'a', stop.signal));
    await until(() => outputs().length === 2);
    stop.abort();
    await work;
    expect(outputs()).to.deep.equal(['1 [32]', '2 gather']);
    engine.messages.splice(
      engine.messages.findIndex((message) => message === engine.of('out.0').at(-1)),
      1,
    );
    const again = new AbortController();
    const second = runPartition(0, new ToyPartition(), makeRole(engine, 'b', again.signal));
    await until(() => outputs().length === 2);
    expect(outputs()).to.deep.equal(['1 [32]', '2 gather']);
    const { maker, transport } = makeRole(engine, 'c', again.signal);
    expect(await new CheckpointLog(transport, 'p0', maker).load()).to.include({ n: 2, gathered: true });
    again.abort();
    await second;
  });

  it('refuses to go on where the engine has lost what it had written', async () => {
    await log.append(1, records([0, 1]));
    const work = runPartition(0, new ToyPartition(), makeRole(engine, 'a', stop.signal));
    await until(() => outputs().length === 1);
    stop.abort();
    await work;
    engine.messages.splice(
      engine.messages.findIndex(({ subject }) => subject === 'out.0'),
      1,
    );
    const error = await caught(runPartition(0, new ToyPartition(), makeRole(engine, 'b', new AbortController().signal)));
    expect(error).to.have.property('code', 'CAD042');
  });
});

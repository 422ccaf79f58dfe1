import { expect } from 'chai';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { runSequencer, type SequencerOptions } from '../../../src/engine/roles/sequencer.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { caught, listMessages, makeRole } from '../../support/engine/roles.ts';
import { ToyFeed, type Toy } from '../../support/engine/toyMachines.ts';

const records: Toy[] = [
  [0, 1],
  [1, 2],
  [2, 3],
];

describe('the work of the sequencer', () => {
  let engine: MemoryEngine;
  let stop: AbortController;
  beforeEach(() => {
    engine = new MemoryEngine({ step: false });
    stop = new AbortController();
  });

  const run = (id: string, unfinished = 0, more: Partial<SequencerOptions> = {}) => {
    const role = { ...makeRole(engine, id, stop.signal), pause: async () => undefined, ...more };
    return runSequencer(new ToyFeed(records, unfinished, () => 2), role);
  };
  const arrivals = () => listMessages(engine, 'arrivals');

  it('numbers what comes, and says when it is over', async () => {
    await run('a');
    expect(arrivals()).to.deep.equal(['1 [[0,1],[1,2]]', '2 [[2,3]]', '3 end']);
  });

  it('takes back what counted only for the time being when it begins anew', async () => {
    await run('a', 1);
    await run('b', 0);
    expect(arrivals()).to.deep.equal(['1 [[0,1],[1,2]]', '2 provisional[[2,1003]]', '3 end', '4 void', '5 [[2,3]]', '6 end']);
  });

  it('leaves when it is told to, without an end, and stands behind what it gave', async () => {
    const { append, ...rest } = engine.transport('a');
    const transport = {
      ...rest,
      append: (...given: Parameters<typeof append>) => {
        stop.abort();
        return append(...given);
      },
    };
    await run('a', 0, { transport });
    expect(arrivals()).to.deep.equal(['1 [[0,1],[1,2]]']);
    const { maker } = makeRole(engine, 'b', stop.signal);
    expect(await new CheckpointLog(engine.transport('b'), 'sequencer', maker).load()).to.include({ n: 1 });
  });

  for (const [what, ahead] of Object.entries({
    messages: { messages: 1, bytes: 1_000 },
    bytes: { messages: 1_000, bytes: 1 },
  }))
    it(`waits while it is too many ${what} ahead of what was worked on, and not for what counts only for the time being`, async () => {
      const { maker, transport } = makeRole(engine, 'desk', stop.signal);
      const desk = new CheckpointLog(transport, 'desk', maker);
      await desk.load();
      const seen: number[] = [];
      const pause = async () => {
        seen.push(arrivals().length);
        await desk.save({ n: arrivals().length, seq: 0, state: new Uint8Array(0) });
      };
      await run('a', 0, { ahead, pause });
      expect(seen).to.deep.equal([1]);
      expect(arrivals()).to.have.length(3);
    });

  it('is superseded by another that has begun since', async () => {
    const { append, ...rest } = engine.transport('a');
    let isFirst = true;
    const transport = {
      ...rest,
      append: async (...given: Parameters<typeof append>) => {
        if (isFirst && given[0] === 'arrivals') {
          isFirst = false;
          await run('b');
        }
        return append(...given);
      },
    };
    expect(await caught(run('a', 0, { transport }))).to.be.instanceOf(Superseded);
    expect(arrivals()).to.deep.equal(['1 [[0,1],[1,2]]', '2 [[2,3]]', '3 end']);
  });

  it('is superseded where what it has to catch up with was forgotten since it looked', async () => {
    await run('a');
    const { last, ...rest } = engine.transport('b');
    const transport = {
      ...rest,
      last: async (subject: string) => {
        // Its checkpoint was read, and then another went on and forgot what lies behind its own.
        if (subject === 'arrivals') engine.messages.splice(0, 1);
        return last(subject);
      },
    };
    expect(await caught(run('b', 0, { transport }))).to.be.instanceOf(Superseded);
  });
});

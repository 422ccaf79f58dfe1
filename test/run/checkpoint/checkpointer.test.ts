import { expect } from 'chai';
import { Checkpointer, type Checkpoints } from '../../../src/run/checkpoint/checkpointer.ts';
import type { Instance } from '../../../src/kernel/instance.ts';
import type { SnapshotHead } from '../../../src/run/checkpoint/snapshot.ts';
import { CutShort } from '../../../src/run/stopPatience.ts';
import { partly } from '../../support/typed.ts';
import { testIo } from '../../support/testIo.ts';

/** Of a run that has read nothing. */
const head = partly<SnapshotHead>({ sources: [] });

/** Checkpoints that are on disk when they are told to be. */
function slowDisk({ isLate = (): boolean => false } = {}) {
  const log: string[] = [];
  let land: () => void = () => {};
  let fail: (error: Error) => void = () => {};
  const checkpoints: Checkpoints = {
    restore: async () => null,
    due: () => false,
    begin: () => true,
    write: async () => {},
    finish: () =>
      new Promise<void>((resolve, reject) => {
        land = () => {
          log.push('on disk');
          resolve();
        };
        fail = reject;
      }),
    abandon: async () => void log.push('abandoned'),
  };
  const checkpointer = new Checkpointer(checkpoints, { io: testIo(), isLate, done: async () => void log.push('committed') });
  const begin = async () => {
    checkpointer.begin(head, [], new Map());
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { log, checkpointer, begin, land: () => land(), fail: (error: Error) => fail(error) };
}

describe('Checkpointer', () => {
  it('tells the outside only once the checkpoint is on disk', async () => {
    const { log, checkpointer, begin, land } = slowDisk();
    await begin();
    expect(log).to.deep.equal([]);
    land();
    await checkpointer.settle();
    expect(log).to.deep.equal(['on disk', 'committed']);
  });

  it('tells nobody when the disk refuses, and throws at the next look', async () => {
    const { log, checkpointer, begin, fail } = slowDisk();
    await begin();
    fail(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
    expect(await checkpointer.settle().catch((error: Error) => String(error))).to.contain('CAD011');
    expect(log).to.deep.equal([]);
  });

  it('leaves one unfinished that nobody waits for any more, and says so: the one before it counts', async () => {
    let late = false;
    const { log, checkpointer } = slowDisk({ isLate: () => late });
    let slices = 0;
    const endless = partly<Instance>({ beginCopy: () => null, nextCopied: () => ((late = (slices += 1) === 5), ['["a",1]']) });
    checkpointer.begin(head, [], new Map([['memory', endless]]));
    expect(await checkpointer.settle().catch((error: unknown) => error)).to.be.instanceOf(CutShort);
    expect([log, slices]).to.deep.equal([['abandoned'], 5]);
  });

  it('leaves one unfinished that was under way when the run failed', async () => {
    const { log, checkpointer } = slowDisk();
    const endless = partly<Instance>({ beginCopy: () => null, nextCopied: () => ['["a",1]'] });
    checkpointer.begin(head, [], new Map([['memory', endless]]));
    await checkpointer.stop();
    expect(log).to.deep.equal(['abandoned']);
  });
});

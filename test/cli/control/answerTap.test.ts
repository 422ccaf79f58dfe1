import { expect } from 'chai';
import { answerTap, type Tapped } from '../../../src/cli/control/answerTap.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import type { SignalObserver } from '../../../src/pipeline/wire.ts';
import { durablePipeline } from '../../support/durableRun.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline = loadPipeline('p.yaml', durablePipeline(), { registry: builtins, variables: { env: {}, config: () => undefined } });
const flow = (time: number): Flow => ({ kind: 'event', time, key: '' });

/** A tap on a run that gives what a test lets by. */
function tap(from: string | null, match: string[] = []) {
  const io = testIo();
  const gone = new AbortController();
  const said: Tapped[] = [];
  const at: (readonly string[] | null)[] = [];
  let observer: SignalObserver | null = null;
  let left = false;
  const watch = (point: readonly string[] | null, watcher: SignalObserver) => {
    at.push(point);
    observer = watcher;
    return () => {
      left = true;
    };
  };
  const say = async (value: unknown) => {
    said.push(structuredClone(value) as Tapped);
    return true;
  };
  const over = answerTap({ watch, pipeline }, io)({ ask: 'tap', from, match }, { say, gone: gone.signal });
  return { io, gone, said, at, over, by: (signal: Flow) => observer!.next(signal), hasLeft: () => left };
}

describe('a tap on a run', () => {
  it('sends what was taken ten times a second, and each second that nothing came', async () => {
    const { io, gone, said, over, by, hasLeft } = tap(null);
    by(flow(1));
    await io.pass(100);
    expect(said.map(({ signals }) => signals.length)).to.deep.equal([1]);
    await io.pass(950);
    expect(said).to.have.length(1);
    await io.pass(100);
    expect(said.at(-1)).to.deep.equal({ signals: [], counts: { seen: 1, unseen: 0, taken: 1, full: 0 } });
    gone.abort();
    await over;
    expect(hasLeft()).to.equal(true);
  });

  it('takes no more than fifty at a time, and says how many it let go of', async () => {
    const { io, gone, said, over, by } = tap('memory');
    for (let at = 0; at < 1_000; at += 1) by(flow(at));
    await io.pass(100);
    expect(said[0]!.signals).to.have.length(50);
    expect(said[0]!.counts).to.deep.equal({ seen: 1_000, unseen: 0, taken: 50, full: 950 });
    gone.abort();
    await over;
  });

  it('is at a source, an operator or one of its ports; elsewhere it says where it could be', async () => {
    for (const point of ['in', 'memory', 'memory.late']) {
      const { at, gone, over } = tap(point);
      expect(at).to.deep.equal([[point]]);
      gone.abort();
      await over;
    }
    for (const point of ['nope', 'memory.nope', '~rejected', ''])
      await tap(point).over.then(
        () => expect.fail(point),
        (error: { hint: string }) => expect(error.hint).to.contain('Points of it: in, group_by, group_by.rejected, memory'),
      );
  });
});

import { expect } from 'chai';
import { z } from 'zod';
import type { CaducusError } from '../../src/errors.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { imbalances } from '../../src/run/report.ts';
import { Run } from '../../src/run/run.ts';
import { defineSink } from '../../src/sinks/sink.ts';
import { defineSource, sourceOptions } from '../../src/sources/source.ts';
import { eventAt, fakeRegistry } from '../support/fakes.ts';
import { memoryCheckpoints } from '../support/runs/memoryCheckpoints.ts';
import { testIo } from '../support/testIo.ts';

const text = `name: p
sources: { a: { endless: {} } }
operators:
  - tally: { every: 10ms }
sinks:
  slow: { slow: {} }
`;

/** A source that gives as long as it is asked, and a sink that takes a second a batch; `stuck` makes it take for ever. */
function bench({ stuck = false, batch = 100 } = {}) {
  const io = testIo();
  const seen = { pulled: 0, written: 0, ahead: 0, closed: 0 };
  const endless = defineSource({
    name: 'endless',
    summary: 'Gives as long as it is asked.',
    options: z.strictObject({ ...sourceOptions }),
    open: () => ({
      batches: (async function* () {
        for (;;) {
          const records = Array.from({ length: batch }, (_, i) => eventAt(seen.pulled + i));
          seen.pulled += batch;
          seen.ahead = Math.max(seen.ahead, seen.pulled - seen.written);
          yield { records, position: seen.pulled };
        }
      })(),
      close: async () => void (seen.closed += 1),
    }),
  });
  const slow = defineSink({
    name: 'slow',
    summary: 'Takes its time.',
    options: z.strictObject({ select: z.array(z.string()).default(['event']) }),
    open: async () => {
      const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
      return {
        counters,
        async write(signals) {
          await (stuck ? new Promise(() => {}) : io.sleep(1000));
          counters.written += signals.length;
          seen.written += signals.length;
        },
        flush: async () => {},
        close: async () => {},
      };
    },
  });
  const registry = extend(fakeRegistry({}).registry, { sources: [endless], sinks: [slow] });
  const pipeline = loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
  const stop = new AbortController();
  const checkpoints = memoryCheckpoints();
  const done = new Run(pipeline, { io, dataDir: '/nowhere', stop: stop.signal, drainTimeout: 30_000, checkpoints }).execute();
  const outcome = done.then(
    (report) => ({ report, error: null }),
    (error: CaducusError) => ({ report: null, error }),
  );
  return { io, seen, stop, outcome, checkpoints };
}

describe('a slow sink', () => {
  it('stops the pulling: what is under way stays within a few batches, however long it takes', async () => {
    const { io, seen, stop, outcome } = bench();
    await io.pass(100_000);
    expect(seen.written).to.be.greaterThan(50_000);
    expect(seen.ahead).to.be.lessThan(2500);
    stop.abort();
    await io.pass(10_000);
    expect(imbalances((await outcome).report!)).to.deep.equal([]);
  });
});

describe('a run that is stopped', () => {
  it('pulls no more, delivers what it has, saves, and closes its sources', async () => {
    const { io, seen, stop, outcome, checkpoints } = bench();
    await io.pass(5500);
    stop.abort();
    const { pulled } = seen;
    await io.pass(10_000);
    const { report } = await outcome;
    expect(report!.reason).to.equal('stopped');
    expect(seen.pulled - pulled).to.be.at.most(100);
    expect(report!.sources[0]!.read).to.equal(report!.sinks[0]!.written);
    expect(checkpoints.taken.at(-1)!.sources[0]!.position).to.equal(report!.sources[0]!.read);
    expect(seen.closed).to.equal(1);
  });

  it('leaves open windows in the checkpoint and closes none', async () => {
    const { io, stop, outcome, checkpoints } = bench();
    await io.pass(1500);
    stop.abort();
    await io.pass(10_000);
    await outcome;
    const state = checkpoints.taken.at(-1)!.operators[0]!.state as { keys: [string, number, { end: number | null }][] };
    expect(state.keys[0]![2].end).to.not.equal(null);
  });

  it('gives up after its time and says what is under way, by component', async () => {
    const { io, stop, outcome } = bench({ stuck: true });
    await io.pass(1000);
    stop.abort();
    await io.pass(29_000);
    const waiting = await Promise.race([outcome, Promise.resolve('waiting')]);
    expect(waiting).to.equal('waiting');
    await io.pass(2000);
    const { error } = await outcome;
    expect([error!.code, error!.exit]).to.deep.equal(['CAD050', 75]);
    expect(error!.message).to.match(/still under way after 30 s: sink slow: writing \d+ signals for 31 s/);
  });

  it('does not wait for a source that hangs in its reading', async () => {
    const io = testIo();
    const hanging = defineSource({
      name: 'endless',
      summary: 'Never gives anything.',
      options: z.strictObject({ ...sourceOptions }),
      open: () => ({ batches: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) }, close: async () => {} }),
    });
    const registry = extend(fakeRegistry({}).registry, { sources: [hanging] });
    const pipeline = loadPipeline('p.yaml', text.replace('slow: { slow: {} }', 'out: { keep: {} }'), {
      registry,
      variables: { env: {}, config: () => undefined },
    });
    const stop = new AbortController();
    const done = new Run(pipeline, { io, dataDir: '/nowhere', stop: stop.signal, drainTimeout: 30_000 }).execute();
    await io.pass(100);
    stop.abort();
    expect((await done).reason).to.equal('stopped');
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { defineOperator } from '../../src/kernel/defineOperator.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { imbalances } from '../../src/run/report.ts';
import { Run, type Checkpoints } from '../../src/run/run.ts';
import type { Signal } from '../../src/signal.ts';
import { eventAt, fakeRegistry, type Feeds } from '../support/fakes.ts';
import { memoryCheckpoints } from '../support/runs/memoryCheckpoints.ts';
import { testIo } from '../support/testIo.ts';

const yaml = (sources: string[], live = false) => `name: p
sources:
${sources.map((id) => `  ${id}: { fake: { live: ${live} } }`).join('\n')}
operators:
  - tally: { every: 10ms }
sinks:
  out: { keep: {} }
`;

const context = (registry: ReturnType<typeof fakeRegistry>['registry']) => ({ registry, variables: { env: {}, config: () => undefined } });
const shown = (signals: readonly Signal[]) => signals.map((s) => `${s.kind}@${s.time}${'count' in s ? `x${String(s.count)}` : ''}`);

async function play(feeds: Feeds, options: { text?: string; stop?: AbortSignal; checkpoints?: Checkpoints } = {}) {
  const { registry, written, committed } = fakeRegistry(feeds);
  const io = testIo();
  const pipeline = loadPipeline('p.yaml', options.text ?? yaml(Object.keys(feeds)), context(registry));
  const run = new Run(pipeline, {
    io,
    dataDir: '/nowhere',
    ...(options.stop ? { stop: options.stop } : {}),
    ...(options.checkpoints ? { checkpoints: options.checkpoints } : {}),
  });
  const report = await run.execute();
  expect(imbalances(report), 'the accounting holds').to.deep.equal([]);
  return { out: written['out'] ?? [], report, committed };
}

describe('Run', () => {
  it('closes a window before the record that lies past it, and what is open at the end', async () => {
    const { out } = await play({ a: [[eventAt(1), eventAt(5)], [eventAt(12)]] });
    expect(shown(out)).to.deep.equal(['event@1', 'event@5', 'tally@10x2', 'event@12', 'tally@20x1']);
  });

  it('merges finite sources by running maximum of time, then by declaration order', async () => {
    const { out } = await play({ a: [[eventAt(1, 'a1'), eventAt(8, 'a8'), eventAt(3, 'a3')]], b: [[eventAt(2, 'b2'), eventAt(8, 'b8')]] });
    const texts = out.flatMap((s) => (s.kind === 'event' ? [s.event.text] : []));
    expect(texts).to.deep.equal(['a1', 'b2', 'a8', 'a3', 'b8']);
  });

  it('gives the same output however the input is cut into batches', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(times, times, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }), async (a, b, cuts) => {
        const events = { a: a.map((t, i) => eventAt(t, `a${i}`, 'x')), b: b.map((t, i) => eventAt(t, `b${i}`, 'y')) };
        const cut = (list: Signal[]) => {
          const batches: Signal[][] = [];
          for (let at = 0, i = 0; at < list.length; i += 1) {
            const size = cuts[i % cuts.length]!;
            batches.push(list.slice(at, at + size));
            at += size;
          }
          return batches;
        };
        const whole = await play({ a: [events.a], b: [events.b] });
        const parts = await play({ a: cut(events.a), b: cut(events.b) });
        expect(shown(parts.out)).to.deep.equal(shown(whole.out));
      }),
      { numRuns: 60 },
    );
  });

  it('accounts for every record read', async () => {
    const bad: Signal = {
      kind: 'rejected',
      time: 0,
      key: '',
      rejected: { source: 'a', reason: 'no JSON', place: { file: 'f', line: 2 }, original: '{' },
    };
    const { report } = await play({ a: [[eventAt(1), bad, eventAt(2)]] });
    expect(report.sources).to.deep.equal([{ id: 'a', read: 3, accepted: 2, rejected: 1, duplicate: 0 }]);
    expect(report.rejected).to.deep.equal([{ reason: 'no JSON', count: 1, example: 'f:2' }]);
  });

  it('reaches the same end from a snapshot as without one, wherever it was taken', async () => {
    const events = Array.from({ length: 40 }, (_, i) => eventAt(i * 3, `e${i}`, `k${i % 3}`));
    const batches = [events.slice(0, 13), events.slice(13, 20), events.slice(20)];
    const checkpoints = memoryCheckpoints({ every: 1 });
    const whole = await play({ a: batches }, { checkpoints });
    expect(checkpoints.taken.length).to.be.at.least(2);
    for (const from of checkpoints.taken) {
      const rest = await play({ a: batches }, { checkpoints: memoryCheckpoints({ from }) });
      expect(shown(whole.out).slice(-rest.out.length)).to.deep.equal(shown(rest.out));
    }
    expect(whole.committed['a']?.at(-1)).to.equal(3);
  });

  it('keeps open windows in the last snapshot when it is stopped, and closes them when it keeps none', async () => {
    const stop = new AbortController();
    const stopping = memoryCheckpoints({ every: 1, taken: ({ sources }) => void (sources[0]!.read > 0 && stop.abort()) });
    const kept = await play({ a: [[eventAt(1)], [eventAt(2)]] }, { stop: stop.signal, checkpoints: stopping });
    expect(kept.report.reason).to.equal('stopped');
    expect(shown(kept.out)).to.deep.equal(['event@1']);
    const already = new AbortController();
    already.abort();
    expect((await play({ a: [[eventAt(1)]] }, { stop: already.signal })).report.reason).to.equal('stopped');
  });

  it('names the operator and the cause when a machine throws', async () => {
    const bomb = defineOperator({
      name: 'bomb',
      options: z.strictObject({}),
      machine: () => ({
        start: () => ({}),
        step: () => {
          throw new Error('boom');
        },
      }),
    });
    const { registry } = fakeRegistry({ a: [[eventAt(1)]] });
    const pipeline = loadPipeline(
      'p.yaml',
      yaml(['a']).replace('tally: { every: 10ms }', 'bomb: {}'),
      context(extend(registry, { operators: [bomb] })),
    );
    const failure = await new Run(pipeline, { io: testIo(), dataDir: '/nowhere' }).execute().then(
      () => null,
      (error: Error) => error,
    );
    expect(failure?.message).to.contain('operator bomb failed: boom');
  });

  it('delivers a signal once through a diamond', async () => {
    const text = `name: p
sources: { a: { fake: {} } }
operators:
  - tally: { every: 10ms }
  - { tally: { every: 20ms }, id: left, from: tally }
  - { tally: { every: 20ms }, id: right, from: tally }
sinks:
  out: { keep: { select: [event] }, from: [left, right] }
`;
    const { out } = await play({ a: [[eventAt(1), eventAt(11)]] }, { text });
    expect(shown(out)).to.deep.equal(['event@1', 'event@11']);
  });

  describe('on live sources', () => {
    it('closes windows by the clock when nothing arrives any more', async () => {
      let release = () => {};
      const waiting = new Promise<void>((resolve) => (release = resolve));
      const { registry, written } = fakeRegistry({});
      const io = testIo();
      const source = registry.sources[0]!;
      const slow = {
        ...source,
        spec: {
          ...source.spec,
          open: () => ({
            batches: (async function* () {
              yield { records: [eventAt(1)], position: 1 };
              await waiting;
            })(),
            close: async () => {},
          }),
        },
      };
      const pipeline = loadPipeline(
        'p.yaml',
        yaml(['a'], true).replace('live: true', 'live: true, idle: 2s'),
        context({ ...registry, sources: [slow] }),
      );
      const ended = new Run(pipeline, { io, dataDir: '/nowhere' }).execute();
      await io.pass(5000);
      expect(shown(written['out'] ?? [])).to.deep.equal(['event@1', 'tally@10x1']);
      release();
      await ended;
    });
  });
});

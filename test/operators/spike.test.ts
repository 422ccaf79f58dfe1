import { expect } from 'chai';
import fc from 'fast-check';
import { from, lastValueFrom, toArray } from 'rxjs';
import { Instance } from '../../src/kernel/instance.ts';
import { spike } from '../../operators/spike.ts';
import { makeJudge } from '../../src/safeguards/spike/detector.ts';
import { options as spikeOptions } from '../../src/safeguards/spike/options.ts';
import { SpikeMachine } from '../../src/safeguards/spike/spikeMachine.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { Blip, BlipSignal, FindingSignal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';
import { resultJson } from '../support/findings.ts';
import { partly } from '../support/typed.ts';

const minute = 60_000;

/** Findings of an operator over signals, in plain code. */
async function findings(signals: Flow[], options: Parameters<typeof spike>[0]): Promise<FindingSignal['finding'][]> {
  const out = await lastValueFrom(from(signals).pipe(spike(options), toArray()));
  return out.flatMap((s) => (s.kind === 'finding' ? [(s as FindingSignal).finding] : []));
}

/** So many events in each minute. */
const perMinute = (counts: number[]) =>
  counts.flatMap((count, m) =>
    Array.from({ length: count }, (_, i) => eventSignal('x', m * minute + Math.floor((i * minute) / Math.max(1, count)))),
  );

function blipAt(window: number, count: number, topic = 't1'): BlipSignal {
  const [start, end] = [window * 5 * minute, (window + 1) * 5 * minute];
  const blip = {
    template_id: topic,
    topic_id: topic,
    group_id: 'g',
    label: `pattern ${topic}`,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    open: false,
    count,
  };
  return { kind: 'blip', time: end, key: 'g', blip: partly<Blip>(blip) };
}

const ratio = { detector: 'ratio', window: 3, bucket: '1m', quiet: 0 } as const;

describe('spike', () => {
  it('fires at the close of the bucket that stands out, and resolves after two calm ones', () => {
    verify(
      'a 9ms a 9ms a 9ms (aaa) 5ms a    9ms a 9ms a    9ms |',
      spike({ bucket: 10, detector: 'ratio', window: 3, quiet: 0, clearAfter: 2 }),
      'a 9ms a 9ms a 9ms (aaa) 5ms (Fa) 6ms a 9ms (Ra) 6ms |',
      { values: { F: 'spike firing', R: 'spike resolved' } },
    );
  });

  it('says what it saw, what was usual and why it fires', async () => {
    const [finding] = await findings(perMinute([2, 2, 2, 9, 2]), ratio);
    expect(finding).to.include({ type: 'spike', state: 'firing', severity: 'warning', since: '1970-01-01T00:03:00.000Z' });
    expect(finding?.result).to.include({
      value: 9,
      usual: 2,
      threshold: 3,
      detector: 'ratio',
      direction: 'up',
      start: '1970-01-01T00:03:00.000Z',
      end: '1970-01-01T00:04:00.000Z',
    });
    expect(resultJson(finding!)['trend']).to.deep.equal([2, 2, 2, 9]);
  });

  it('resolves under the id it fired with, and keeps the peak', async () => {
    const told = await findings(perMinute([2, 2, 2, 9, 2, 2, 2, 2]), ratio);
    expect(told.map((f) => f.state)).to.deep.equal(['firing', 'resolved']);
    expect(told[1]!.id).to.equal(told[0]!.id);
    expect(resultJson(told[1]!)['peak']).to.include({ value: 9 });
  });

  it('judges a bucket without events as zero, unless gaps are asked for', async () => {
    const counts = [4, 4, 4, 0, 0, 0, 0, 4, 4];
    expect(await findings(perMinute(counts), { ...ratio })).to.have.lengthOf(2);
    expect(await findings(perMinute(counts), { ...ratio, missing: 'gap' })).to.have.lengthOf(0);
  });

  it('freezes an alarm while there is no data and gaps are asked for', async () => {
    const told = await findings(perMinute([2, 2, 2, 9, 0, 0, 0, 0, 2]), { ...ratio, missing: 'gap' });
    expect(told.map((f) => f.state)).to.deep.equal(['firing']);
  });

  it('watches any numeric field, record by record', async () => {
    const signals = [10, 11, 10, 50, 10].map((ms, i) => eventSignal('x', i * 1000, { metadata: { latency: ms } }));
    const [finding] = await findings(signals, { detector: 'ratio', window: 3, value: 'metadata.latency', bucket: 'none' });
    expect(finding?.result).to.include({ value: 50, of: 'metadata.latency' });
  });

  it('takes a field that is no number for what it is: not part of the series', async () => {
    const signals = [10, 'NaN', 'soon', null, 10, 10, 10, 50].map((ms, i) => eventSignal('x', i * 1000, { metadata: { latency: ms } }));
    const told = await findings(signals, { detector: 'ratio', window: 3, value: 'metadata.latency', bucket: 'none' });
    expect(told.map((f) => resultJson(f)['value'])).to.deep.equal([50]);
  });

  it('keeps one series a topic of blips, an absent topic counting zero', async () => {
    const blips = [0, 1, 2, 3, 4, 5].flatMap((w) => [blipAt(w, w === 4 ? 40 : 4), ...(w === 4 ? [] : [blipAt(w, 5, 't2')])]);
    const told = await findings(blips, { detector: 'ratio', window: 3, value: 'blip.count', quiet: 0 });
    expect(told[0]).to.include({ topic_id: 't1', title: 'pattern t1', state: 'firing' });
    expect(resultJson(told[0]!)['value']).to.equal(40);
    // After the zero of window 4 the mean of t2 is lower, and 5 stays within its multiple.
    expect(told.every((f) => f.topic_id === 't1')).to.equal(true);
  });

  it('ignores early blips of open windows', async () => {
    const open = blipAt(3, 400);
    open.blip.open = true;
    expect(
      await findings([blipAt(0, 4), blipAt(1, 4), blipAt(2, 4), open, blipAt(3, 4)], { detector: 'ratio', window: 3, value: 'blip.count' }),
    ).to.deep.equal([]);
  });

  it('fires only the way it is told to look', async () => {
    const counts = [2, 2, 2, 9, 2, 2];
    expect(await findings(perMinute(counts), { ...ratio, direction: 'down' })).to.deep.equal([]);
  });

  it('finds a jump in noise with the adaptive detector, after its warm-up', async () => {
    const counts = Array.from({ length: 400 }, (_, i) => 20 + ((i * 7919) % 5) + (i >= 350 ? 200 : 0));
    const told = await findings(perMinute(counts), { bucket: '1m' });
    expect(told[0]?.since).to.equal(new Date(350 * minute).toISOString());
    expect(told.filter((f) => Date.parse(f.since) < 350 * minute)).to.deep.equal([]);
  });

  it('gives the same findings however far the input goes on afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 8, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 10 }),
        async (head, tail) => {
          const short = await findings(perMinute([...head, 1]), ratio);
          const long = await findings(perMinute([...head, 1, ...tail]), ratio);
          const closed = short.filter((f) => Date.parse(f.updated) <= head.length * minute);
          expect(long.slice(0, closed.length)).to.deep.equal(closed);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts calm points in a row: one that fires again starts them anew', async () => {
    const values = [10, 10, 10, 40, 10, 60, 10, 10, 10];
    const signals = values.map((value, i) => eventSignal('x', i * minute, { metadata: { value } }));
    const told = await findings(signals, { ...ratio, bucket: 'none', value: 'metadata.value' });
    expect(told.map(({ state, updated }) => `${state} ${Date.parse(updated) / minute}`)).to.deep.equal([
      'firing 3',
      'firing 5',
      'resolved 7',
    ]);
  });

  const judge = (hysteresis: number, detector: 'adaptive' | 'ratio') => makeJudge({ detector, hysteresis });
  const clear: [string, 'adaptive' | 'ratio', score: number, isClear: boolean][] = [
    ['below its share of the threshold', 'adaptive', 0.79, true],
    ['at its share of the threshold', 'adaptive', 0.8, false],
    ['between its share and the threshold', 'adaptive', 0.9, false],
    ['at the threshold, which is no spike', 'ratio', 1, true],
    ['above the threshold', 'ratio', 1.01, false],
  ];
  for (const [where, detector, score, isClear] of clear) {
    it(`${detector}: a score ${where} is ${isClear ? '' : 'not '}calm`, () => {
      const result = { score, threshold: 1 } as Parameters<ReturnType<typeof judge>['isClear']>[0];
      expect(judge(0.8, detector).isClear(result)).to.equal(isClear);
    });
  }

  it('puts an event at the end of a bucket into the next, and counts what comes for one that is closed', () => {
    const machine = new SpikeMachine(spikeOptions.parse({ bucket: 10, detector: 'ratio' }));
    const state = machine.start('k');
    for (const time of [0, 9, 10, 3]) machine.step(state, eventSignal('x', time), () => {});
    expect(state.open).to.deep.equal({ start: 10, end: 20 });
    expect([state.series.get('')!.trend, state.series.get('')!.pending!.count, state.late]).to.deep.equal([[2], 1, 1]);
  });

  it('counts a value that is there and is no number', () => {
    const machine = new SpikeMachine(spikeOptions.parse({ bucket: 'none', value: 'metadata.value' }));
    const state = machine.start('k');
    for (const value of ['many', Number.NaN, '7', 7, '', null]) machine.step(state, eventSignal('x', 0, { metadata: { value } }), () => {});
    expect([state.unusable, state.series.get('')!.trend, state.series.size]).to.deep.equal([2, [7, 7], 1]);
  });

  it('holds nothing of a group of which no blip comes, where it looks at blips', () => {
    const instance = new Instance(spike.spec, spikeOptions.parse({ value: 'blip.count' }), () => {});
    for (const n of [1, 2, 3]) instance.take({ ...eventSignal('x', n), key: `g${n}` });
    instance.take(blipAt(0, 5, 'one'));
    expect([instance.size, instance.counters.forwarded]).to.deep.equal([1, 4]);
  });

  it('makes room by the series silent longest, and never by one with an alarm', () => {
    const machine = new SpikeMachine(
      spikeOptions.parse({ value: 'blip.count', detector: 'ratio', window: 3, maxSeries: 2, clearAfter: 99 }),
    );
    const state = machine.start('g');
    const close = (window: number, ...blips: [count: number, topic: string][]) => {
      for (const [count, topic] of blips) machine.step(state, blipAt(window, count, topic), () => {});
      machine.tick(state, (window + 1) * 5 * minute + 1, () => {});
    };
    for (const [window, count] of [5, 5, 5, 50].entries()) close(window, [count, 'alarm'], [5, 'calm']);
    for (const window of [4, 5]) close(window, [5, 'calm']);
    expect(state.series.get('alarm')!.alarm).to.not.equal(null);
    close(6, [5, 'new']);
    expect([...state.series.keys()]).to.deep.equal(['alarm', 'new']);
  });

  it('refuses options that make no sense', () => {
    expect(() => spike({ spikeMultiplier: 1 })).to.throw();
    expect(() => spike({ zone: 'Nowhere' })(from([]))).not.to.throw();
  });
});

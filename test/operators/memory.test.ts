import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { RunClock, type Flow, type Machine } from '../../src/kernel/defineOperator.ts';
import type { GroupMemory } from '../../src/memory/groupMemory.ts';
import { countMemory } from '../../src/memory/memoryCounts.ts';
import { memory } from '../../operators/memory.ts';
import type { Blip, BlipSignal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 2, 14, 2, 15);

function run(signals: readonly Flow[], options: Parameters<typeof memory>[0] = {}): Flow[] {
  let out: Flow[] = [];
  from(signals)
    .pipe(memory(options), toArray())
    .subscribe((all) => (out = all));
  return out;
}
const blipsOf = (out: readonly Flow[]): Blip[] => out.filter((s): s is BlipSignal => s.kind === 'blip').map(({ blip }) => blip);

/** Calm traffic: a line every second for so many minutes, and every fourth second another. */
function calm(minutes: number): Flow[] {
  const signals: Flow[] = [];
  for (let s = 0; s < minutes * 60; s++) {
    signals.push(eventSignal(`Received block blk_${s * 7919} of size ${s}`, T0 + s * 1000, { metadata: { level: 'INFO' } }));
    if (s % 4 === 0)
      signals.push(
        eventSignal(`Served block blk_${s * 104729} to 10.0.0.${s % 250}`, T0 + s * 1000 + 500, {
          metadata: { level: 'INFO' },
        }),
      );
  }
  return signals;
}
const at = (minutes: number, text: string, level = 'ERROR'): Flow => eventSignal(text, T0 + minutes * MINUTE + 1, { metadata: { level } });
const inOrder = (signals: Flow[]) => signals.sort((a, b) => a.time - b.time);

describe('memory', () => {
  it('forwards events and closes each window with a blip a pattern', () => {
    verify('ab-a---c----|', memory({ window: 4, early: 0 }), 'ab-a---(xyc)(z|)', {
      values: { x: 'alpha 2 new', y: 'beta 1 new', z: 'gamma 1 new' },
      events: { a: { text: 'alpha' }, b: { text: 'beta' }, c: { text: 'gamma' } },
    });
  });

  it('counts an event at the end of a window in the next one: windows are half open', () => {
    verify('a---a-------|', memory({ window: 4, early: 0 }), 'a---(xa)----(y|)', {
      values: { x: 'alpha 1 new', y: 'alpha 1 steady' },
      events: { a: { text: 'alpha' } },
    });
  });

  it('marks an event whose window has closed as late before it is forwarded, and counts it in no window', () => {
    const out = run([eventSignal('a', 1), eventSignal('a', 9), eventSignal('a', 2), eventSignal('a', 10)], {
      window: 4,
      early: 0,
    });
    expect(out.map((s) => (s.kind === 'event' ? ('late' in s ? 'late' : 'event') : s.kind))).to.deep.equal([
      'event',
      'blip',
      'event',
      'late',
      'event',
      'blip',
    ]);
    expect(blipsOf(out).map(({ count, total }) => [count, total])).to.deep.equal([
      [1, 1],
      [2, 4],
    ]);
  });

  it('selects late events on the port of that name', () => {
    const { late } = memory.spec.ports!;
    expect(late!({ ...eventSignal('a', 0), late: true } as Flow)).to.equal(true);
    expect(late!(eventSignal('a', 0))).to.equal(false);
  });

  it('keeps two windows open while the clock of the run has not passed the first', () => {
    const clock = new RunClock();
    const out: Flow[] = [];
    const signals = [eventSignal('a', 1), eventSignal('a', 5), eventSignal('a', 2), eventSignal('a', 6)];
    from<Flow[]>(signals)
      .pipe(memory.inRun({ window: 4, early: 0 }, { clock }))
      .subscribe((s) => out.push(s));
    expect(blipsOf(out).map(({ start, count }) => [Date.parse(start), count])).to.deep.equal([
      [0, 2],
      [4, 2],
    ]);
  });

  it('refuses lengths of time it would divide by when they are none', () => {
    expect(() => memory({ window: 0 })).to.throw(/at least 1ms/);
    expect(() => memory({ period: '10ms' })).to.throw(/at least 1s/);
  });

  it('scores calm traffic below 10', () => {
    const closed = blipsOf(run(calm(60))).filter(({ start }) => Date.parse(start) >= T0 + 10 * MINUTE);
    expect(closed.length).to.be.at.least(18);
    for (const blip of closed) {
      expect(blip.state).to.equal('steady');
      expect(blip.score).to.be.below(10);
      expect(blip.usual).to.be.closeTo(blip.label.startsWith('Received') ? 300 : 75, 10);
    }
  });

  it('tells a first ERROR within ten seconds of event time, open, and scores it over 85 when it closes', () => {
    const trouble = Array.from({ length: 38 }, (_, i) => at(52 + i / 20, 'Disk failure on dn2, volume /data/3 removed from service'));
    const blips = blipsOf(run(inOrder([...calm(60), ...trouble]))).filter(({ label }) => label.startsWith('Disk failure'));
    expect(blips[0]).to.include({ open: true, state: 'new', level: 'ERROR' });
    const closed = blips.find(({ open }) => !open)!;
    expect(closed).to.include({ count: 38, state: 'new', usual: 0 });
    expect(closed.score).to.be.above(85);
    const early = from(inOrder([...calm(53), ...trouble]));
    let told = 0;
    early.pipe(memory()).subscribe((s) => {
      if (s.kind === 'blip' && (s as BlipSignal).blip.open && (s as BlipSignal).blip.label.startsWith('Disk')) told ||= s.time;
    });
    expect(told - (T0 + 52 * MINUTE)).to.be.within(1, 10_000);
  });

  it('shows every number behind the bits', () => {
    const blips = blipsOf(run(inOrder([...calm(60), at(57, 'Disk failure on dn2')])));
    const { why, bits } = blips.find(({ label, open }) => label.startsWith('Disk') && !open)!;
    expect(why).to.include({ seen: 1, first_ever: true, level: 'ERROR', severity_word: 'failure', new_per_day: 0 });
    expect(why).to.include.keys('expected', 'burst', 'level_share', 'last_seen_before_close_ms', 'windows_of_history');
    expect(bits.total).to.be.closeTo(Math.max(bits.surprise, bits.burst) + bits.novelty + bits.severity, 1e-9);
  });

  it('names what rises, falls, stops and comes back', () => {
    const lines = (from_: number, to: number, each: number, text: string) =>
      Array.from({ length: Math.floor(((to - from_) * 60) / each) }, (_, i) => at(from_ + (i * each) / 60, text, 'INFO'));
    const out = run(
      inOrder([
        ...calm(180),
        ...lines(0, 120, 3, 'up goes the rate'),
        ...lines(120, 125, 0.1, 'up goes the rate'),
        ...lines(0, 120, 1, 'down goes the rate'),
        ...lines(120, 125, 60, 'down goes the rate'),
        ...lines(0, 60, 2, 'here and back again'),
        ...lines(150, 155, 2, 'here and back again'),
      ]),
    );
    const states = (label: string) =>
      blipsOf(out)
        .filter((b) => b.label === label && !b.open)
        .map(({ state }) => state);
    expect(states('up goes the rate')[24]).to.equal('rising');
    expect(states('down goes the rate')[24]).to.equal('falling');
    expect(states('here and back again')[12]).to.equal('gone');
    expect(states('here and back again').at(-1)).to.equal('returning');
  });

  it('stops watching a group that has been silent for the length of the trend', () => {
    const out = run([...calm(30), eventSignal('late visitor', T0 + 1000 * 60 * MINUTE)]);
    const windows = new Set(blipsOf(out).map(({ end }) => end));
    expect(windows.size).to.be.at.most(6 + 2 * 13);
  });

  it('ranks errors and what is rare above the bulk with nothing but one window to go by', () => {
    const blips = blipsOf(run(inOrder([...calm(5), at(4, 'Disk failure on dn2'), at(4.5, 'Rolling edit log', 'INFO')])))
      .filter(({ open }) => !open)
      .sort((a, b) => b.score - a.score);
    expect(blips.map(({ label }) => label.split(' ')[0]).slice(0, 2)).to.deep.equal(['Disk', 'Rolling']);
    expect(blips[0]!.usual).to.equal(null);
    for (const bulk of blips.slice(2)) expect(bulk.score).to.be.below(10);
  });

  it('says that it is learning until the warm-up has passed', () => {
    const blips = blipsOf(run(calm(20), { warmup: '10m' })).filter(({ open }) => !open);
    expect(blips[0]!.why.learning).to.deep.equal({ learned_ms: 5 * MINUTE, warmup_ms: 10 * MINUTE });
    expect(blips.at(-1)!.why).to.not.have.property('learning');
  });

  it('takes hostile names and texts as data', () => {
    const texts = ['__proto__', 'constructor toString __proto__', '', '\u0000\u001b[31m', 'x'.repeat(100_000)];
    const out = run(
      texts.map((text, i) => ({
        ...eventSignal(text, i, { metadata: JSON.parse('{"level":"__proto__"}') }),
        key: '__proto__',
      })),
    );
    expect(blipsOf(out).reduce((sum, { count }) => sum + count, 0)).to.equal(texts.length);
  });

  it('takes rules for tokens: what is masked is a value, what is kept stays apart', () => {
    const lines = (codes: number[]) => codes.map((code, i) => at(i / 100, `request ${'abcdefgh'[i]}-x answered with code ${code}`));
    const patterns = (options: Parameters<typeof memory>[0]) => [
      ...new Set(blipsOf(run(lines([200, 404, 200, 500]), { early: 0, ...options })).map(({ pattern }) => pattern)),
    ];
    expect(patterns({ mask: ['[a-z]-x'], keep: ['[245][0-9]{2}'] })).to.deep.equal([
      'request <*> answered with code 200',
      'request <*> answered with code 404',
      'request <*> answered with code 500',
    ]);
    expect(patterns({ mask: ['[a-z]-x'] })).to.deep.equal(['request <*> answered with code <n>']);
  });

  it('refuses a rule that is no pattern, and says which', () => {
    expect(() => memory({ mask: ['ok', '(['] })).to.throw(/"mask",\s+1/);
    expect(() => memory({ keep: ['(?=a)'] })).to.throw(/RE2/);
  });

  it('learns no pattern when frozen, and counts what it does not know', () => {
    const { start, step, tick, save, load } = memory.spec.machine(memory.spec.options.parse({})) as Machine<GroupMemory>;
    const frozen = memory.spec.machine(memory.spec.options.parse({ freeze: true })) as Machine<GroupMemory>;
    const first = start('g');
    step(first, at(1, 'disk full on dn1'), () => undefined);
    tick!(first, T0 + 5 * MINUTE, () => undefined);
    const state = frozen.load!(save!(first));
    const out: Flow[] = [];
    for (const text of ['disk full on dn2', 'never heard of this']) frozen.step(state, at(6, text), () => undefined);
    frozen.tick!(state, T0 + 10 * MINUTE, (signal) => void out.push(signal));
    expect(blipsOf(out).map(({ pattern, count }) => [pattern, count])).to.deep.equal([['disk full on dn1', 1]]);
    expect(countMemory(state).unknown).to.equal(1);
    expect(countMemory(load!(frozen.save!(state))).unknown).to.equal(1);
  });
});

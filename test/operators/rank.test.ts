import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { groupBy } from '../../operators/groupBy.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { memory } from '../../operators/memory.ts';
import { rank } from '../../operators/rank.ts';
import { toIso } from '../../src/event.ts';
import { addBits, computeScore } from '../../src/memory/ranking/salience.ts';
import type { Blip, BlipSignal, Radar, RadarSignal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';

const WINDOW = 300_000;

function blip(id: string, bits: number, more: Partial<Blip> = {}, end = WINDOW): BlipSignal {
  const terms = addBits({ surprise: bits, burst: 0, novelty: 0, severity: 0, together: 0 });
  const made: Blip = {
    template_id: id,
    topic_id: id,
    group_id: 'g',
    label: `label ${id}`,
    pattern: id,
    start: toIso(end - WINDOW),
    end: toIso(end),
    open: false,
    count: 10,
    usual: 10,
    state: bits >= 3 ? 'rising' : 'steady',
    level: 'INFO',
    score: computeScore(bits),
    bits: terms,
    why: {},
    trend: [],
    templates: 1,
    first_seen: toIso(0),
    last_seen: toIso(end - 1),
    total: 10,
    weight: 0.5,
    tier: 'warm',
    temporal: 'new',
    exemplars: [],
    slots: [],
    ...more,
  };
  return { kind: 'blip', time: end, key: made.group_id, blip: made };
}

function radars(signals: readonly Flow[], options: Parameters<typeof rank>[0] = {}): Radar[] {
  let out: Flow[] = [];
  from(signals)
    .pipe(rank(options), toArray())
    .subscribe((all) => (out = all));
  return out.filter((s): s is RadarSignal => s.kind === 'radar').map(({ radar }) => radar);
}

describe('rank', () => {
  it('forwards what comes and ranks each window once its time has passed', () => {
    verify('a---a----|', (source) => source.pipe(memory({ window: 4, early: 0 }), rank()), 'a---(xa)-(rys|)', {
      values: {
        x: 'alpha 1 new',
        y: 'alpha 1 steady',
        r: 'radar alpha 1',
        s: 'radar alpha 1',
      },
      events: { a: { text: 'alpha' } },
    });
  });

  it('lists the most salient first and counts the rest', () => {
    const [radar] = radars([blip('a', 1), blip('b', 30), blip('c', 12), blip('d', 0, { count: 7 })], { top: 2 });
    expect(radar!.blips.map(({ topic_id }) => topic_id)).to.deep.equal(['b', 'c']);
    expect(radar!.rest).to.deep.equal({ patterns: 2, events: 17, states: { steady: 2 } });
    expect(radar).to.include({ events: 37, patterns: 4, groups: 1, new_patterns: 0, group_id: 'g', open: false });
  });

  it('waits for the blips of every group of a window, whatever the order', () => {
    const signals = [
      blip('a', 1, { group_id: 'g1' }),
      blip('b', 5, { group_id: 'g2' }),
      blip('c', 9, { group_id: 'g1' }),
      blip('z', 1, {}, 2 * WINDOW),
    ];
    expect(radars(signals).map(({ blips, groups, group_id }) => [blips.length, groups, group_id])).to.deep.equal([
      [3, 2, null],
      [1, 1, 'g'],
    ]);
  });

  it('makes one radar a group when asked', () => {
    const signals = [blip('a', 1, { group_id: 'g2' }), blip('b', 5, { group_id: 'g1' }), blip('c', 9, { group_id: 'g2' })];
    expect(radars(signals, { scope: 'group' }).map(({ group_id, blips }) => [group_id, blips.length])).to.deep.equal([
      ['g1', 1],
      ['g2', 2],
    ]);
  });

  it('shows no label twice', () => {
    const same = { label: 'disk failure' };
    const [radar] = radars([
      blip('abcdef1', 3, same),
      blip('abcdef2', 4, same),
      blip('x', 5, { ...same, group_id: 'other' }),
      blip('y', 6),
    ]);
    const labels = radar!.blips.map(({ label }) => label);
    expect(new Set(labels).size).to.equal(4);
    expect(labels).to.include.members(['label y', 'disk failure (other)']);
  });

  it('names what moved in the same window, and adds bits once it knows how rare that is', () => {
    const calm = Array.from({ length: 20 }, (_, w) => Array.from({ length: 10 }, (_, i) => blip(`t${i}`, 0, {}, (w + 1) * WINDOW))).flat();
    const trouble = Array.from({ length: 10 }, (_, i) => blip(`t${i}`, i < 3 ? 12 : 0, { group_id: `g${i}` }, 21 * WINDOW));
    const last = radars([...calm, ...trouble], { top: 10 }).at(-1)!;
    const [first] = last.blips;
    expect(first!.together).to.have.length(2);
    expect(first!.bits.together).to.be.within(3, 8);
    expect(first!.score).to.equal(computeScore(12 + first!.bits.together));
    expect(last.blips.find(({ topic_id }) => topic_id === 't9')).to.not.have.property('together');
  });

  const ids = (radar: Radar) => radar.blips.map(({ topic_id: id, count }) => `${id} ${count}`).join(', ');
  const was = ({ earlier = [] }: Radar) => earlier.map(({ topic_id: id, count, state, until }) => `${id} ${count} ${state} ${until}`);
  const calmIn = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, w) => blip('calm', 0, {}, (from + w) * WINDOW));

  it('puts what was on top and is over below, for two to five windows', () => {
    const trouble = blip('disk', 40, { state: 'rising', usual: 0.1, count: 30 }, 2 * WINDOW);
    const all = radars([...calmIn(1, 2), trouble, ...calmIn(3, 9)]);
    expect(all.map(ids)).to.deep.equal(['calm 10', 'disk 30, calm 10', ...Array<string>(7).fill('calm 10')]);
    const below = [`disk 30 rising ${toIso(2 * WINDOW)}`];
    expect(all.map(was)).to.deep.equal([[], [], ...[1, 2, 3, 4].map(() => below), [], [], []]);
    expect(all[2]).to.include({ patterns: 1, events: 10 });
    expect(all[2]!.earlier![0]).to.include({ start: toIso(WINDOW), end: toIso(2 * WINDOW), score: computeScore(40) });
  });

  it('keeps an error on top for as long as it goes on, however used to it the memory is', () => {
    const first = blip('cert', 30, { state: 'new', level: 'ERROR', usual: 0, count: 20 }, 2 * WINDOW);
    const later = Array.from({ length: 200 }, (_, w) => blip('cert', 0.5, { level: 'ERROR', usual: 20, count: 20 }, (3 + w) * WINDOW));
    const gone = blip('other', 20, { count: 0, state: 'gone' }, 150 * WINDOW);
    const signals = [...calmIn(1, 210), first, ...later, gone].sort((a, b) => a.time - b.time);
    const all = radars(signals);
    for (const radar of all.slice(1, 202)) expect(radar.blips[0]!.topic_id).to.equal('cert');
    expect(all[1]!.blips[0]).to.not.have.property('on_since');
    expect(all[201]!.blips[0]).to.include({ on_since: toIso(WINDOW), score: computeScore(0.5), state: 'steady', count: 20 });
    // One window without it is not yet the end.
    expect(ids(all[202]!)).to.equal('cert 0, calm 10');
    expect(ids(all[203]!)).to.equal('calm 10');
    expect(was(all[203]!)).to.deep.equal([`cert 20 new ${toIso(202 * WINDOW)}`]);
  });

  it('tells a window that is long past by itself', () => {
    const trouble = blip('disk', 40, { state: 'new' }, 9 * WINDOW);
    const old = blip('old', 1, { group_id: 'late' }, 2 * WINDOW);
    expect(radars([trouble, old]).map(({ blips }) => blips.map(({ topic_id }) => topic_id))).to.deep.equal([['old'], ['disk']]);
  });

  it('adds nothing at a cold start, when everything moves', () => {
    const [radar] = radars(Array.from({ length: 5 }, (_, i) => blip(`t${i}`, 12)));
    for (const { bits } of radar!.blips) expect(bits.together).to.equal(0);
  });

  it('keeps early blips apart in a radar marked open', () => {
    const early = { ...blip('a', 20, { open: true }), time: 10_000 };
    const all = radars([early, blip('a', 21), blip('b', 1)]);
    expect(all.map(({ open, blips }) => [open, blips.length])).to.deep.equal([
      [true, 1],
      [false, 2],
    ]);
  });

  it('carries how much was learned', () => {
    const [radar] = radars([blip('a', 1, { why: { learning: { learned_ms: 5, warmup_ms: 10 } } })]);
    expect(radar!.learning).to.deep.equal({ learned_ms: 5, warmup_ms: 10 });
  });

  it('is learning only while every group is, and looks back at nothing that was new only because of that', () => {
    const learning = (learned_ms: number) => ({ why: { learning: { learned_ms, warmup_ms: 10 } } });
    const both = radars([blip('a', 1, learning(5)), blip('b', 1, { ...learning(7), group_id: 'h' })]);
    expect(both[0]!.learning).to.deep.equal({ learned_ms: 7, warmup_ms: 10 });
    expect(radars([blip('a', 1, learning(5)), blip('b', 1, { group_id: 'h' })])[0]).to.not.have.property('learning');
    const after = radars([blip('disk', 40, { ...learning(5), state: 'new' }), blip('disk', 0, {}, 2 * WINDOW)]);
    expect(after.map(({ learning: learned }) => learned !== undefined)).to.deep.equal([true, false]);
    expect(after[1]!.earlier, 'what was new only because all was').to.deep.equal([]);
  });

  it('says since when nothing has come, and how far apart events usually are', () => {
    const gone = { count: 0, state: 'gone' as const, last_seen: toIso(1000) };
    const [radar] = radars([blip('a', 9, { ...gone, usual: 100 }), blip('b', 9, { ...gone, usual: 50, last_seen: toIso(2000) })]);
    expect(radar!.stale).to.deep.equal({ as_of: toIso(2000), usual_gap_ms: 2000 });
    expect(radars([blip('a', 1)])[0]).to.not.have.property('stale');
  });

  it('orders radars and blips of several groups in plain code by time', () => {
    const signals: Flow[] = Array.from({ length: 40 }, (_, i) =>
      eventSignal(`line of kind ${i % 2 ? 'odd' : 'even'}`, i * 1000, { source: `s${i % 3}` }),
    );
    const kinds: string[] = [];
    from(signals)
      .pipe(groupBy({ key: 'source' }), memory({ window: '10s', early: 0 }), rank())
      .subscribe(({ kind }) => kinds.push(kind));
    expect(kinds.filter((kind) => kind === 'radar')).to.have.length(4);
    // The blips of all groups come before the event at the window's end, their radar before the next later one.
    const blips = kinds.filter((kind, i) => kind === 'blip' && i < kinds.indexOf('radar')).length;
    expect(blips).to.equal(6);
    expect(kinds.slice(0, 19)).to.deep.equal([...Array(10).fill('event'), ...Array(6).fill('blip'), 'event', 'radar', 'event']);
  });
});

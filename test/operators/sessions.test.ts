import { expect } from 'chai';
import { from, lastValueFrom, toArray } from 'rxjs';
import { memory } from '../../operators/memory.ts';
import { sessions } from '../../operators/sessions.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { BlipSignal, EventSignal, FindingSignal, SessionSignal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';
import { partly } from '../support/typed.ts';

const second = 1000;
const early = eventSignal('begin', -3_600_000, { metadata: { pattern: 'begin', request: 'begin' } });

/** Events of a session, a second apart. */
const session = (request: string, at: number, patterns: string): EventSignal[] =>
  patterns
    .split('')
    .map((pattern, i) => eventSignal(`step ${pattern}`, at + i * second, { id: `${request}-${i}`, metadata: { request, pattern } }));

/** So many sessions alike, a minute apart. */
const alike = (count: number, patterns: string) =>
  Array.from({ length: count }, (_, i) => session(`r${i}`, i * 60 * second, patterns)).flat();

const by = { by: 'metadata.request', pattern: 'metadata.pattern', idle: '10s' } as const;

async function run(
  signals: readonly Flow[],
  options: object,
): Promise<{ findings: FindingSignal['finding'][]; records: SessionSignal['session'][] }> {
  const out = (await lastValueFrom(from(signals).pipe(sessions({ ...by, ...options }), toArray()))) as Flow[];
  return {
    findings: out.filter(({ kind }) => kind === 'finding').map((one) => (one as FindingSignal).finding),
    records: out.filter(({ kind }) => kind === 'session').map((one) => (one as SessionSignal).session),
  };
}

const later = (time: number) => eventSignal('later', time, { metadata: {} });

describe('sessions', () => {
  it('judges a session when it has been idle, and goes on with every event at once', () => {
    verify('a--b-----c-----d---|', sessions({ by: 'id', pattern: 'id', idle: 4, record: 'all' }), 'a--b-----c-----(Sd)|', {
      values: { S: 'session' },
    });
  });

  it('finds the session that lacks what the others have, and resolves when none like it comes', async () => {
    const odd = session('odd', 201 * 60 * second, 'ab');
    const end = later(202 * 60 * second);
    const { findings } = await run([early, ...alike(200, 'abc'), ...odd, end, later(300 * 60 * second)], { clear: '10m' });
    expect(findings.map(({ type, state, severity, title }) => [type, state, severity, title])).to.deep.equal([
      ['session', 'firing', 'warning', 'sessions with no step c'],
      ['session', 'resolved', 'warning', 'sessions with no step c'],
    ]);
    expect(findings[0]!.result).to.deep.include({ entity: 'odd', events: 2, unusual: 1 });
    expect(findings[0]!.id).to.equal(findings[1]!.id);
  });

  it('gathers sessions that are unusual in the same way under one finding', async () => {
    const odd = [0, 1, 2].flatMap((i) => session(`odd${i}`, (201 + i) * 60 * second, 'ab'));
    const { findings } = await run([early, ...alike(200, 'abc'), ...odd, later(206 * 60 * second)], {});
    expect(new Set(findings.map(({ id }) => id)).size).to.equal(1);
    expect(findings.at(-1)!.result).to.deep.include({ unusual: 3, entities: ['odd2', 'odd1', 'odd0'] });
  });

  it('neither judges nor learns sessions that the begin or end of the input, or max, has cut', async () => {
    const cutByStart = [eventSignal('x', 0, { metadata: { request: 'first', pattern: 'a' } })];
    const endless = Array.from({ length: 30 }, (_, i) =>
      eventSignal('x', 60 * second + i * 5 * second, { metadata: { request: 'endless', pattern: 'a' } }),
    );
    const cutByEnd = [eventSignal('x', 600 * second, { metadata: { request: 'last', pattern: 'a' } })];
    const { records } = await run([...cutByStart, ...endless, ...cutByEnd], { record: 'all', max: '1m', minSessions: 1 });
    // What came of the endless one after it was cut is a straggler until it has been idle, and then a session of its own.
    expect(records.map(({ entity }) => entity)).not.to.include.members(['first', 'last']);
  });

  it('counts stragglers of a closed session, and opens nothing for them', async () => {
    const straggler = eventSignal('x', 72 * second, { metadata: { request: 'r', pattern: 'z' } });
    const { records } = await run([early, ...session('r', 60 * second, 'ab'), straggler, later(600 * second)], {
      record: 'all',
      minSessions: 1,
    });
    expect(records.map(({ entity, events }) => [entity, events])).to.deep.equal([['r', 2]]);
  });

  it('cuts the session that was silent longest when too many are open', async () => {
    const signals = Array.from({ length: 5 }, (_, i) => eventSignal('x', i, { metadata: { request: `r${i}`, pattern: 'a' } }));
    const { records } = await run([early, ...signals, later(600 * second)], { record: 'all', minSessions: 1, maxOpen: 3 });
    expect(records.map(({ entity }) => entity)).to.deep.equal(['r2', 'r3', 'r4']);
  });

  it('waits until it has learned enough sessions', async () => {
    const { findings } = await run([early, ...alike(50, 'abc'), ...session('odd', 60 * 60 * second, 'z'), later(62 * 60 * second)], {});
    expect(findings).to.deep.equal([]);
  });

  it('takes the pattern of memory, and follows patterns that became one', async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      eventSignal(`user u${i} asked for order o-${1000 + i}`, i * 60 * second, { id: `e${i}`, group_id: 'g' }),
    );
    const out = (await lastValueFrom(
      from([...lines, later(50 * 60 * second)] as Flow[]).pipe(
        memory({ window: '5m' }),
        sessions({ by: { slot: 'order' }, idle: '10s', record: 'all', minSessions: 1 }),
        toArray(),
      ),
    )) as Flow[];
    const events = out.filter(({ kind }) => kind === 'event') as EventSignal[];
    expect(events.every(({ template_id: id }) => typeof id === 'string')).to.equal(true);
    const judged = (out.filter(({ kind }) => kind === 'session') as SessionSignal[]).map(({ session: one }) => one.bits);
    expect(judged.length).to.be.greaterThan(30);
    expect(Math.max(...judged.slice(20))).to.be.lessThan(6.5);
  });

  it('learns which pattern a pattern became from blips', async () => {
    const merged = partly<BlipSignal>({ kind: 'blip', time: 0, key: 'g', blip: { topic_id: 'new', merged: ['old'] } });
    const odd = session('odd', 30 * 60 * second, 'x').map((one) => ({ ...one, template_id: 'old' }));
    const same = Array.from({ length: 20 }, (_, i) =>
      session(`r${i}`, (i + 1) * 60 * second, 'x').map((one) => ({ ...one, template_id: 'new' })),
    ).flat();
    const { records } = await run([early, merged, ...same, ...odd, later(60 * 60 * second)], {
      pattern: undefined,
      record: 'all',
      minSessions: 1,
    });
    expect(records.at(-1)).to.include({ entity: 'odd' });
    expect(records.at(-1)!.bits).to.be.lessThan(2);
  });
});

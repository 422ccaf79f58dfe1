// One file, because all of it is said with one breaker and the same few calls.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  createBreaker,
  type Breaker,
  type BreakerState,
  type Permit,
  type Transition,
} from '../../../src/safeguards/breaker/breakerMachine.ts';

type Options = NonNullable<Parameters<typeof createBreaker>[0]>;
const second = 1000;
const said = (transitions: Transition[]) =>
  transitions.map(({ from, to, generation, reason }) => `${from} -> ${to} g${generation} ${reason}`);

/** A breaker with its state; each method names the time in seconds. */
function open(options: Options = {}) {
  const breaker = createBreaker(options, 'sink:pager');
  const state = breaker.start(0);
  const permit = (at: number): Permit | null => breaker.acquire(state, at * second).permit;
  const end = (at: number, given: Permit | null, ok: boolean, duration?: number, why?: string) =>
    said(breaker.record(state, at * second, given ?? { id: 0, generation: 0, at: 0 }, { ok, duration, why }));
  const call = (at: number, ok: boolean, duration?: number, why?: string) => end(at, permit(at), ok, duration, why);
  return { breaker, state, permit, end, call };
}

describe('breaker', () => {
  it('opens on failures in a row, and a success in between starts the count again', () => {
    const { call, state } = open();
    expect([call(1, false), call(2, false), call(3, true), call(4, false), call(5, false)]).to.deep.equal([[], [], [], [], []]);
    expect(call(6, false)).to.deep.equal(['closed -> open g2 3 failures in a row']);
    expect(state.state).to.equal('open');
  });

  it('says why it opened, when it retries and what follows', () => {
    const { breaker, state, call, permit } = open();
    call(1, false, undefined, 'timeout 10s');
    call(2, false, undefined, 'timeout 10s');
    const [opened] = breaker.record(state, 3000, permit(3)!, { ok: false, why: 'HTTP 503' });
    expect(opened).to.deep.equal({
      name: 'sink:pager',
      from: 'closed',
      to: 'open',
      generation: 2,
      at: 3000,
      why: '3 failures in a row, threshold 3: timeout 10s, timeout 10s, HTTP 503',
      reason: '3 failures in a row',
      retryAt: 33_000,
      waits: [60_000, 120_000, 240_000, 480_000, 600_000],
      probes: 1,
      denied: 0,
    });
  });

  const rates: [string, Options, [boolean, number][], string][] = [
    [
      'failure rate',
      { failureThreshold: null, minimumCalls: 4 },
      [
        [true, 1],
        [false, 1],
        [true, 1],
        [false, 1],
      ],
      'failure rate 50 %',
    ],
    [
      'slow rate',
      { minimumCalls: 2, slowCallDurationThreshold: '1s' },
      [
        [true, 1001],
        [true, 1001],
      ],
      'slow call rate 100 %',
    ],
    [
      'rate over time',
      { failureThreshold: null, minimumCalls: 3, slidingWindow: { type: 'time', size: '60s' } },
      [
        [true, 1],
        [false, 1],
        [false, 1],
      ],
      'failure rate 66.7 %',
    ],
  ];
  for (const [what, options, calls, reason] of rates) {
    it(`opens on the ${what} only once the minimum of calls is there`, () => {
      const { call } = open(options);
      const out = calls.map(([ok, duration], i) => call(i, ok, duration));
      expect(out.at(-1)).to.deep.equal([`closed -> open g2 ${reason}`]);
      expect(out.slice(0, -1).flat()).to.deep.equal([]);
    });
  }

  it('does not count a call as slow that took exactly the threshold', () => {
    const { call } = open({ minimumCalls: 1, slowCallDurationThreshold: '1s' });
    expect(call(1, true, 1000)).to.deep.equal([]);
    expect(call(2, true, 1001)).to.deep.equal([]);
    expect(open({ minimumCalls: 1, slowCallDurationThreshold: '1s' }).call(1, true, 1001)).to.have.length(1);
  });

  it('forgets what lies before its window, by count and by time', () => {
    const byCount = open({ failureThreshold: null, minimumCalls: 3, slidingWindow: { type: 'count', size: 3 } });
    const outcomes = [false, true, true, false, true, false];
    expect(outcomes.map((ok, i) => byCount.call(i, ok).length)).to.deep.equal([0, 0, 0, 0, 0, 1]);
    const byTime = open({ failureThreshold: null, minimumCalls: 2, slidingWindow: { type: 'time', size: '60s' } });
    expect([byTime.call(0, false), byTime.call(64, true), byTime.call(65, true)].flat()).to.deep.equal([]);
  });

  it('denies while open, and goes to half_open lazily when the wait is over', () => {
    const { breaker, state, call, permit } = open();
    [1, 2, 3].forEach((at) => call(at, false));
    expect(permit(32.999)).to.equal(null);
    expect(breaker.due(state)).to.equal(33_000);
    const asked = breaker.acquire(state, 33_000);
    expect(said(asked.transitions)).to.deep.equal(['open -> half_open g3 waited 30s']);
    expect(asked.permit).to.not.equal(null);
    expect(permit(33)).to.equal(null);
    expect(state.denied).to.equal(2);
  });

  it('goes to half_open on tick as well', () => {
    const { breaker, state, call } = open();
    [1, 2, 3].forEach((at) => call(at, false));
    expect(said(breaker.tick(state, 33_000))).to.deep.equal(['open -> half_open g3 waited 30s']);
  });

  it('closes after a good probe, and waits longer after each bad one up to the most', () => {
    const { call, state } = open();
    [1, 2, 3].forEach((at) => call(at, false));
    const waits: number[] = [];
    let at = 3;
    for (let i = 0; i < 7; i += 1) {
      waits.push(state.retryAt! / second - at);
      at = state.retryAt! / second;
      expect(call(at, false)).to.deep.equal([`half_open -> open g${4 + 2 * i} probe failed`]);
    }
    expect(waits).to.deep.equal([30, 60, 120, 240, 480, 600, 600]);
    expect(call(state.retryAt! / second, true, 240)).to.deep.equal(['half_open -> closed g18 probe took 240ms']);
    expect(state).to.deep.include({ openings: 0, consecutiveFailures: 0, denied: 0 });
  });

  it('waits for all probes, unless those that came decide it', () => {
    const options = { permittedCallsInHalfOpen: 4, failureRateThreshold: 50 };
    const probing = () => {
      const opened = open(options);
      [1, 2, 3].forEach((at) => opened.call(at, false));
      return opened;
    };
    const good = probing();
    expect([true, false, true, true].map((ok, i) => good.call(40 + i, ok))).to.deep.equal([
      [],
      [],
      [],
      ['half_open -> closed g4 3 of 4 probes succeeded'],
    ]);
    const bad = probing();
    expect([false, false].map((ok, i) => bad.call(40 + i, ok))).to.deep.equal([[], ['half_open -> open g4 probe failed']]);
  });

  it('takes a probe without an answer for a failed one', () => {
    const { breaker, state, call, permit, end } = open({ permitTimeout: '5s' });
    [1, 2, 3].forEach((at) => call(at, false));
    const lost = permit(40);
    expect(breaker.due(state)).to.equal(45_000);
    expect(breaker.tick(state, 45_000).map(({ why }) => why)).to.deep.equal(['probe failed: no answer within 5s']);
    expect(end(46, lost, true)).to.deep.equal([]);
    expect(state.state).to.equal('open');
  });

  it('gives a released probe to the next caller', () => {
    const { breaker, state, call, permit } = open();
    [1, 2, 3].forEach((at) => call(at, false));
    breaker.release(state, permit(40)!);
    expect(permit(41)).to.not.equal(null);
  });

  it('spreads the waits by the jitter, the same in every run', () => {
    const waitOf = (name: string) => {
      const breaker = createBreaker({ backoff: { jitter: 0.5 }, failureThreshold: 1 }, name);
      const state = breaker.start(0);
      breaker.record(state, 0, breaker.acquire(state, 0).permit!, { ok: false });
      return state.retryAt!;
    };
    const waits = Array.from({ length: 200 }, (_, i) => waitOf(`sink:${i}`));
    expect(waits).to.deep.equal(Array.from({ length: 200 }, (_, i) => waitOf(`sink:${i}`)));
    expect(Math.min(...waits)).to.be.within(15_000, 16_000);
    expect(Math.max(...waits)).to.be.within(44_000, 45_000);
    expect(waits.reduce((a, b) => a + b) / 200).to.be.closeTo(30_000, 1500);
  });

  it('denies when nothing is heard and it was asked to, and probes first when data is back', () => {
    const { breaker, state, permit, call } = open({ onNoData: 'deny', noDataAfter: '10m' });
    call(1, true);
    expect(said(breaker.tick(state, 601_000))).to.deep.equal(['closed -> open g2 no data for 10m']);
    expect(permit(10_000)).to.equal(null);
    expect(breaker.due(state)).to.equal(null);
    expect(said(breaker.heard(state, 20_000_000))).to.deep.equal(['open -> half_open g3 data is back']);
    expect(call(20_001, true)).to.deep.equal(['half_open -> closed g4 probe succeeded']);
  });

  it('holds its state, or allows, when nothing is heard and it was asked to', () => {
    const held = open({ onNoData: 'hold', noDataAfter: '10m' });
    expect(held.permit(700)).to.not.equal(null);
    const allowed = open({ onNoData: 'allow', noDataAfter: '20s' });
    [1, 2, 3].forEach((at) => allowed.call(at, false));
    expect([allowed.permit(22), allowed.permit(23)].map((given) => given !== null)).to.deep.equal([false, true]);
    expect(allowed.state.state).to.equal('open');
  });

  it('obeys a person: forced open denies, disabled lets through and counts nothing, close starts over', () => {
    const { breaker, state, permit, call } = open();
    expect(said(breaker.forceOpen(state, 1000, 'by ana'))).to.deep.equal(['closed -> forced_open g2 by ana']);
    expect(permit(1_000_000)).to.equal(null);
    expect(said(breaker.disable(state, 2000, 'by ana'))).to.deep.equal(['forced_open -> disabled g3 by ana']);
    for (let i = 0; i < 9; i += 1) expect(call(3, false)).to.deep.equal([]);
    expect(said(breaker.close(state, 4000, 'by ana'))).to.deep.equal(['disabled -> closed g4 by ana']);
    expect(breaker.close(state, 5000, 'by ana')).to.deep.equal([]);
  });

  it('refuses options it does not know', () => {
    expect(() => createBreaker({ failureRate: 50 } as Options)).to.throw(/failureRate/);
  });
});

describe('breaker, whatever happens', () => {
  const action = fc.oneof(
    fc.record({ what: fc.constant('acquire' as const), wait: fc.nat(40_000) }),
    fc.record({
      what: fc.constant('record' as const),
      wait: fc.nat(5000),
      ok: fc.boolean(),
      which: fc.nat(20),
      duration: fc.nat(4000),
    }),
    fc.record({ what: fc.constantFrom('tick' as const, 'heard' as const, 'release' as const), wait: fc.nat(90_000) }),
    fc.record({
      what: fc.constantFrom('forceOpen' as const, 'disable' as const, 'close' as const),
      wait: fc.constant(0),
    }),
  );
  const anyOptions = fc.record({
    onNoData: fc.constantFrom('deny' as const, 'hold' as const, 'allow' as const),
    noDataAfter: fc.constantFrom('90s', undefined),
    permittedCallsInHalfOpen: fc.integer({ min: 1, max: 3 }),
    minimumCalls: fc.constant(5),
    slidingWindow: fc.constantFrom({ type: 'count' as const, size: 8 }, { type: 'time' as const, size: '60s' }),
    slowCallDurationThreshold: fc.constant('2s'),
    backoff: fc.constant({ jitter: 0.3 }),
  });
  const actions = fc.array(action, { maxLength: 60 });
  type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

  function act(breaker: Breaker, state: BreakerState, permits: Permit[], now: number, act: Action): unknown {
    if (act.what === 'acquire') {
      const acquired = breaker.acquire(state, now);
      if (acquired.permit) permits.push(acquired.permit);
      return acquired;
    }
    if (act.what === 'record') {
      const permit = permits[act.which % Math.max(1, permits.length)];
      return permit ? breaker.record(state, now, permit, { ok: act.ok, duration: act.duration }) : [];
    }
    if (act.what === 'release') return permits[0] ? breaker.release(state, permits[0]) : [];
    if (act.what === 'tick' || act.what === 'heard') return breaker[act.what](state, now);
    return breaker[act.what](state, now, 'by hand');
  }

  it('behaves after a restore as one never stopped', () => {
    fc.assert(
      fc.property(anyOptions, actions, fc.nat(60), (options, list, cut) => {
        const run = (stopped: boolean) => {
          const breaker = createBreaker(options, 'b');
          let state = breaker.start(0);
          const permits: Permit[] = [];
          let now = 0;
          const out = list.map((each, i) => {
            if (stopped && i === cut) state = JSON.parse(JSON.stringify(state)) as BreakerState;
            now += each.wait;
            return act(breaker, state, permits, now, each);
          });
          return { out, state, due: breaker.due(state) };
        };
        expect(run(true)).to.deep.equal(run(false));
      }),
    );
  });

  it('ignores outcomes of an older generation', () => {
    fc.assert(
      fc.property(anyOptions, actions, (options, list) => {
        const breaker = createBreaker({ ...options, noDataAfter: undefined }, 'b');
        const state = breaker.start(0);
        const permits: Permit[] = [];
        let now = 0;
        for (const each of list) {
          now += each.wait;
          act(breaker, state, permits, now, each);
          breaker.tick(state, now);
          for (const old of permits.filter(({ generation }) => generation < state.generation)) {
            const before = JSON.stringify({ ...state, lastData: 0 });
            expect(breaker.record(state, now, old, { ok: false })).to.deep.equal([]);
            expect(breaker.record(state, now, old, { ok: true })).to.deep.equal([]);
            expect(JSON.stringify({ ...state, lastData: 0 })).to.equal(before);
          }
        }
      }),
    );
  });

  it('numbers its generations without a gap, never goes straight from open to closed, and lets no more probes through than permitted', () => {
    fc.assert(
      fc.property(anyOptions, actions, (options, list) => {
        const breaker = createBreaker(options, 'b');
        const state = breaker.start(0);
        const permits: Permit[] = [];
        let now = 0;
        let generation = 1;
        for (const each of list.filter(({ what }) => what !== 'close')) {
          now += each.wait;
          const result = act(breaker, state, permits, now, each) as Transition[] | { transitions: Transition[] } | undefined;
          for (const made of Array.isArray(result) ? result : (result?.transitions ?? [])) {
            expect(made.generation).to.equal((generation += 1));
            expect(made.from === 'open' && made.to === 'closed').to.equal(false);
          }
          expect(state.probes.length).to.be.at.most(options.permittedCallsInHalfOpen);
          const due = breaker.due(state);
          if (due !== null) {
            const later = JSON.parse(JSON.stringify(state)) as BreakerState;
            breaker.tick(later, due);
            expect(breaker.due(later) ?? Number.POSITIVE_INFINITY).to.be.greaterThan(due);
          }
        }
      }),
    );
  });
});

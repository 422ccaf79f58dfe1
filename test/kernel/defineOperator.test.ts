import { expect } from 'chai';
import { EMPTY, NEVER, Observable, Subject, from, take, throwError } from 'rxjs';
import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import {
  MachineFailure,
  RunClock,
  defineOperator,
  keyedChanges,
  keyedOptions,
  type Flow,
  type Instance,
  type Machine,
  type Operator,
} from '../../src/kernel/defineOperator.ts';
import { eventSignal, verify } from '../../src/testing.ts';
import { mistyped } from '../support/typed.ts';

interface Count {
  end: number | null;
  count: number;
}
type Tally = Flow & { count: number };

const tallyOptions = z.strictObject({ every: duration, ...keyedOptions });
const tallyMachine = ({ every }: { every: number }): Machine<Count, Flow, Tally> => ({
  start: () => ({ end: null, count: 0 }),
  step(state, { time }) {
    state.end ??= (Math.floor(time / every) + 1) * every;
    state.count += 1;
  },
  due: (state) => state.end,
  tick(state, time, emit) {
    emit({ kind: `=${state.count}`, time, key: '', count: state.count });
    state.end = null;
    state.count = 0;
  },
  end(state, emit) {
    if (state.end !== null) emit({ kind: `=${state.count}`, time: state.end, key: '', count: state.count });
    state.end = null;
  },
});
const tallyChanges = { every: 'shape', ...keyedChanges } as const;
const tally = defineOperator({ name: 'tally', options: tallyOptions, changes: tallyChanges, machine: tallyMachine });
const counts = { x: '=2', y: '=1', z: '=1' };

describe('the kernel over the life of a subscription', () => {
  it('stays silent on a source that never emits', () => verify('----', tally({ every: 4 }), '----'));
  it('completes an empty source with nothing', () => verify('|', tally({ every: 4 }), '|'));
  it('passes one event on and closes at the end', () => verify('a---|', tally({ every: 9 }), 'a---(z|)', { values: counts }));
  it('ticks before the first signal at or past the due time', () => {
    verify('ab--c------|', tally({ every: 4 }), 'ab--(xc)---(y|)', { values: counts });
    verify('ab---c-----|', tally({ every: 4 }), 'ab---(xc)--(y|)', { values: counts });
  });
  it('passes an error through and does not close what is open', () => verify('ab#', tally({ every: 4 }), 'ab#'));
  it('keeps an endless source endless', () => verify('a--b--', tally({ every: 9 }), 'a--b--'));

  it('stops listening when unsubscribed early', () => {
    const source = new Subject<Flow>();
    const seen: Flow[] = [];
    const subscription = source.pipe(tally({ every: 4 })).subscribe((s) => seen.push(s));
    source.next(eventSignal('a', 0));
    subscription.unsubscribe();
    source.next(eventSignal('b', 9));
    expect(seen).to.have.length(1);
    expect(source.observed).to.equal(false);
  });

  it('pulls one item of a synchronous source under take(1)', () => {
    let pulled = 0;
    const items = (function* () {
      for (;;) {
        pulled += 1;
        yield eventSignal('a', pulled);
      }
    })();
    from(items)
      .pipe(tally({ every: 4 }), take(1))
      .subscribe();
    expect(pulled).to.equal(1);
  });

  it('starts afresh with each subscription', () => {
    const piped = from<Flow[]>([eventSignal('a', 0), eventSignal('b', 1)]).pipe(tally({ every: 4 }));
    const runs = [0, 1].map(() => {
      const kinds: string[] = [];
      piped.subscribe((s) => kinds.push(s.kind));
      return kinds;
    });
    expect(runs[0]).to.deep.equal(['event', 'event', '=2']);
    expect(runs[1]).to.deep.equal(runs[0]);
  });

  it('tears the source down on completion, error and unsubscription', () => {
    for (const inner of [EMPTY, throwError(() => new Error('x')), NEVER]) {
      let closed = 0;
      const source = new Observable<Flow>((subscriber) => {
        subscriber.add(() => (closed += 1));
        return inner.subscribe(subscriber);
      });
      source
        .pipe(tally({ every: 4 }))
        .subscribe({ error: () => undefined })
        .unsubscribe();
      expect(closed).to.equal(1);
    }
  });

  it('fails the stream with the operator and the signal when a machine throws', () => {
    const broken = defineOperator({
      name: 'broken',
      options: z.strictObject({}),
      machine: (): Machine<object> => ({
        start: () => ({}),
        step() {
          throw new RangeError('no');
        },
      }),
    });
    let failure: unknown;
    const signal = eventSignal('a', 0);
    from<Flow[]>([signal])
      .pipe(broken())
      .subscribe({ error: (error: unknown) => (failure = error) });
    expect(failure).to.be.instanceOf(MachineFailure).and.to.deep.include({ operator: 'broken', signal });
  });

  it('fails when a machine is due again at the time of its tick', () => {
    const stuck = defineOperator({
      name: 'stuck',
      options: z.strictObject({}),
      machine: (): Machine<object> => ({
        start: () => ({}),
        step: () => undefined,
        due: () => 5,
        tick: () => undefined,
      }),
    });
    let failure: unknown;
    from<Flow[]>([eventSignal('a', 0), eventSignal('b', 9)])
      .pipe(stuck())
      .subscribe({ error: (error: unknown) => (failure = error) });
    expect(String(failure)).to.match(/due 5 is not beyond/);
  });

  it('refuses wrong options at the call', () => {
    expect(() => tally({ every: 'soon' })).to.throw(/length of time/);
    expect(() => tally(mistyped({ every: 4, evry: 1 }))).to.throw(/evry/);
  });
});

describe('keyed state', () => {
  const keyed = (onEvict: 'fold' | 'close' | 'refuse') =>
    defineOperator({ name: 'keyed', options: tallyOptions, changes: tallyChanges, keyed: true, onEvict, machine: tallyMachine });
  const keys = (n: number) => Array.from({ length: n }, (_, i): Flow => ({ ...eventSignal('a', 0), key: `k${i}` }));
  const run = (operator: Operator, options: object, signals: Flow[]) => {
    let instance: Instance | undefined;
    const out: Flow[] = [];
    from(signals)
      .pipe(operator.inRun(options, { clock: new RunClock(), attached: (one) => (instance = one) }))
      .subscribe((s) => out.push(s));
    return { out, instance: instance! };
  };

  it('fold: keeps the bound, and keys beyond it share a state', () => {
    const { out, instance } = run(keyed('fold') as Operator, { every: 100, maxGroups: 10 }, [...keys(40), ...keys(40)]);
    expect(out.filter(({ kind }) => kind === '=2')).to.have.length(10);
    expect(out.filter(({ kind }) => kind === '=60')).to.have.length(1);
    expect(instance.counters).to.include({ folded: 60, evicted: 0 });
    expect(instance.folded.signals).to.equal(60);
    expect(instance.folded.keys).to.be.within(27, 33);
  });

  it('close: closes the least recently touched and tells what was in it', () => {
    const { out, instance } = run(keyed('close') as Operator, { every: 100, maxGroups: 10 }, keys(40));
    expect(out.filter(({ kind }) => kind === '=1')).to.have.length(40);
    expect(instance.size).to.be.at.most(10);
  });

  it('refuse: takes no new key and says so, one rejected record each', () => {
    const { out, instance } = run(keyed('refuse') as Operator, { every: 100, maxGroups: 10 }, keys(40));
    expect(out.filter(({ kind }) => kind === 'rejected')).to.have.length(30);
    expect(instance.counters).to.include({ in: 40, forwarded: 40, refused: 30 });
  });

  it('idle keys leave after the time they are given', () => {
    const late: Flow = { ...eventSignal('a', 5000), key: 'late' };
    const { out } = run(keyed('close') as Operator, { every: '1h', idleExpiry: 1000 }, [...keys(3), late]);
    expect(out.map(({ kind }) => kind)).to.deep.equal(['event', 'event', 'event', 'event', '=1', '=1', '=1', '=1']);
  });

  it('ticks keys in the order of time, then of key', () => {
    const named = defineOperator({
      name: 'named',
      options: z.strictObject({}),
      keyed: true,
      machine: (): Machine<{ key: string; due: number | null }> => ({
        start: (key) => ({ key, due: null }),
        step: (state, { time }) => void (state.due = time + 10),
        due: (state) => state.due,
        tick(state, time, emit) {
          emit({ kind: `${state.key}@${time}`, time, key: state.key });
          state.due = null;
        },
      }),
    });
    const at = (key: string, time: number): Flow => ({ ...eventSignal('a', time), key });
    const kinds: string[] = [];
    from([at('b', 1), at('c', 0), at('a', 1), at('z', 50)])
      .pipe(named())
      .subscribe((s) => kinds.push(s.kind));
    expect(kinds).to.deep.equal(['event', 'event', 'event', 'c@10', 'a@11', 'b@11', 'event']);
  });
});

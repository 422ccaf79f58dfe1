import { expect } from 'chai';
import { NEVER, of, range, take, tap, throwError, type Observable } from 'rxjs';
import { createBreaker, type Transition } from '../../../src/safeguards/breaker/breakerMachine.ts';
import { CallDenied } from '../../../src/safeguards/breaker/guard.ts';
import { mistyped } from '../../support/typed.ts';

/** A clock that stands still until it is moved. */
function stopped() {
  let now = 0;
  return Object.assign(() => now, { move: (ms: number) => void (now += ms) });
}
const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('guard over a promise', () => {
  it('hands on results and errors, and stops calling after failures in a row', async () => {
    const clock = stopped();
    const transitions: Transition[] = [];
    let calls = 0;
    let broken = true;
    const call = async (n: number) => {
      calls += 1;
      if (broken) throw new Error(`HTTP ${n}`);
      return n;
    };
    const guarded = createBreaker({}, 'api').guard(call, { clock, onTransition: (t) => transitions.push(t) });
    for (const n of [500, 502, 503])
      expect(await refusal(guarded(n)))
        .to.be.an('error')
        .with.property('message', `HTTP ${n}`);
    const denied = await refusal(guarded(504));
    expect(denied).to.be.instanceOf(CallDenied);
    expect(denied).to.deep.include({
      retryAt: 30_000,
      message: 'api: call denied, open; retry at 1970-01-01T00:00:30.000Z',
    });
    expect(calls).to.equal(3);
    broken = false;
    clock.move(30_000);
    expect(await guarded(7)).to.equal(7);
    expect(transitions.map(({ to, why }) => `${to}: ${why}`)).to.deep.equal([
      'open: 3 failures in a row, threshold 3: HTTP 500, HTTP 502, HTTP 503',
      'half_open: waited 30s',
      'closed: probe took 0ms',
    ]);
  });

  it('does not hold the mistakes of the caller against the callee', async () => {
    const guarded = createBreaker({ failureThreshold: 1 }).guard(
      async () => {
        throw new TypeError('bad argument');
      },
      { clock: stopped(), isFailure: (error) => !(error instanceof TypeError) },
    );
    await refusal(guarded());
    expect(await refusal(guarded())).to.be.instanceOf(TypeError);
  });

  it('goes on from a saved state', async () => {
    const breaker = createBreaker({ failureThreshold: 1 });
    const clock = stopped();
    const first = breaker.guard(
      async () => {
        throw new Error('down');
      },
      { clock },
    );
    await refusal(first());
    const state = JSON.parse(JSON.stringify(first.state)) as typeof first.state;
    expect(await refusal(breaker.guard(async () => 1, { clock, state })())).to.be.instanceOf(CallDenied);
  });

  it('says so when the function returns an Observable after all', async () => {
    const guarded = createBreaker().guard<[], number>(
      mistyped(() => of(1)),
      { clock: stopped() },
    );
    expect(await refusal(guarded())).to.be.instanceOf(TypeError);
  });
});

describe('guard over an Observable', () => {
  const seen = <T>(source: Observable<T>) => {
    const out: unknown[] = [];
    source.subscribe({
      next: (v) => out.push(v),
      error: (e: Error) => out.push(e.name),
      complete: () => out.push('|'),
    });
    return out;
  };
  const guard = <T>(factory: () => Observable<T>, clock = stopped()) =>
    createBreaker({ failureThreshold: 2 }).guard(factory, { clock, returns: 'observable' });

  it('counts each subscription as a call, and does not call the factory when denied', () => {
    let made = 0;
    const source = guard(() => ((made += 1), throwError(() => new Error('down'))))();
    expect([seen(source), seen(source), seen(source)]).to.deep.equal([['Error'], ['Error'], ['CallDenied']]);
    expect(made).to.equal(2);
  });

  it('takes a factory that throws for a failed call', () => {
    const source = guard((): Observable<number> => {
      throw new Error('no socket');
    })();
    expect([seen(source), seen(source), seen(source)]).to.deep.equal([['Error'], ['Error'], ['CallDenied']]);
  });

  it('gives the probe back when its subscriber leaves early', () => {
    const clock = stopped();
    let answer: Observable<number> = throwError(() => new Error('down'));
    const source = guard(() => answer, clock)();
    seen(source);
    seen(source);
    clock.move(30_000);
    answer = NEVER;
    source.subscribe().unsubscribe();
    answer = of(1, 2);
    expect(seen(source)).to.deep.equal([1, 2, '|']);
  });

  it('lets a synchronous source stop when its subscriber has gone', () => {
    let made = 0;
    const source = guard(() => range(1, 1_000_000).pipe(tap(() => (made += 1))))();
    expect(seen(source.pipe(take(2)))).to.deep.equal([1, 2, '|']);
    expect(made).to.be.at.most(3);
  });
});

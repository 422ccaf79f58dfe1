import { expect } from 'chai';
import { from, toArray, type OperatorFunction } from 'rxjs';
import { breaker } from '../../operators/breaker.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { toIso } from '../../src/event.ts';
import type { Signal } from '../../src/signal.ts';
import { verify as verifyMarbles } from '../../src/testing.ts';
import { resultJson } from '../support/findings.ts';

type Options = NonNullable<Parameters<typeof breaker>[0]>;
const texts: Record<string, string> = { f: 'connect timed out', o: 'delivered', i: 'heartbeat' };
const event = (letter: string, time: number, key = 'api'): Signal => {
  const common = {
    id: `${letter}${time}`,
    timestamp: toIso(time),
    source: 'test',
    group_id: key,
    metadata: { took: 2 },
  };
  return { kind: 'event', time, key, event: { ...common, text: texts[letter] ?? letter } };
};
const operator = (over: Partial<Options> = {}) =>
  breaker({ failure: { match: '/TIMED out/i' }, waitInOpen: '10s', ...over }) as OperatorFunction<Flow, Flow>;

/** A frame is a second; findings show as the state the breaker went to: C, O, H. */
const verify = (input: string, over: Partial<Options>, output: string) =>
  verifyMarbles(input, operator(over), output, {
    start: 0,
    frame: 1000,
    signal: event,
    describe: (signal) => {
      if (signal.kind === 'finding') return String(resultJson(signal.finding)['to']).charAt(0).toUpperCase();
      return signal.kind === 'event' ? signal.event.id.charAt(0) : '?';
    },
  });
const run = (signals: Signal[], over: Partial<Options> = {}): Signal[] => {
  let out: Flow[] = [];
  from(signals)
    .pipe(operator(over), toArray())
    .subscribe((all) => (out = all));
  return out as Signal[];
};

describe('breaker operator', () => {
  it('forwards everything while it is closed', () => {
    verify('f-o-f-f-o-i|', {}, 'f-o-f-f-o-i|');
  });

  it('opens after failures in a row and holds back what follows', () => {
    verify('f-f-f---o-o|', {}, 'f-f-(fO)---|');
  });

  it('probes with one event after the wait, and closes when it went well', () => {
    verify('f-f-f---------o-----o|', {}, 'f-f-(fO)------(HoC)-o|');
  });

  it('opens again after a bad probe, for twice as long', () => {
    verify('f-f-f---------f-----o-------------o----|', {}, 'f-f-(fO)------(HfO)---------------(HoC)|');
  });

  it('keeps events without an outcome waiting while it probes', () => {
    verify('f-f-f---------i-o---i|', { success: { match: 'delivered' } }, 'f-f-(fO)------H-(oC)i|');
  });

  it('denies when nothing is heard and it was asked to, and the event that breaks the silence is no probe', () => {
    verify('o-----------o---o---|', { onNoData: 'deny', noDataAfter: '5s' }, 'o-----------(OH)(oC)|');
  });

  it('counts what it held back since it last left closed, and starts again at 0', () => {
    const letters = 'f-f-f-o-o-----o-o-f-f-f-o-------o'.split('');
    const signals = letters.flatMap((letter, second) => (letter === '-' ? [] : [event(letter, second * 1000)]));
    const held = run(signals).flatMap((signal) =>
      signal.kind === 'finding' ? [[resultJson(signal.finding)['to'], resultJson(signal.finding)['held']]] : [],
    );
    expect(held).to.deep.equal([
      ['open', 0],
      ['half_open', 2],
      ['closed', 2],
      ['open', 0],
      ['half_open', 1],
      ['closed', 1],
    ]);
  });

  it('leaves other keys alone', () => {
    const signals = [1, 2, 3, 4].flatMap((s) => [event('f', s * 1000, 'bad'), event('o', s * 1000, 'good')]);
    const passed = run(signals)
      .filter(({ kind }) => kind === 'event')
      .map(({ key, time }) => `${key}${time / 1000}`);
    expect(passed).to.deep.equal(['bad1', 'good1', 'bad2', 'good2', 'bad3', 'good3', 'good4']);
  });

  it('tells one story in one finding, with what it held back, and starts another the next time', () => {
    const seconds = [...'fffoo'].map((letter, i) => event(letter, i * 1000));
    const later = [event('o', 20_000), ...[30, 31, 32].map((s) => event('f', s * 1000))];
    const findings = run([...seconds, ...later]).flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : []));
    expect(findings.map(({ state, title, since }) => `${since.slice(17, 19)} ${state} ${title}`)).to.deep.equal([
      '02 firing breaker open, 3 failures in a row',
      '02 firing breaker half_open, waited 10s',
      '02 resolved breaker closed, probe succeeded',
      '32 firing breaker open, 3 failures in a row',
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).to.equal(2);
    expect(findings[2]!.result).to.deep.include({ held: 2, effect: '2 events held back', name: 'api', generation: 4 });
    expect(resultJson(findings[0]!)['why']).to.equal(
      '3 failures in a row, threshold 3: connect timed out, connect timed out, connect timed out',
    );
  });

  it('judges how long calls took, from the field that says so', () => {
    const signals = [event('o', 0), event('o', 1000)];
    const slow = { duration: 'metadata.took', slowCallDurationThreshold: '1ms', minimumCalls: 2 };
    expect(run(signals, slow).at(-1)).to.have.nested.property('finding.title', 'breaker open, slow call rate 100 %');
  });

  it('takes linear time for a pattern that would hang a backtracking engine', () => {
    const hostile = { ...event('x', 0) } as Extract<Signal, { kind: 'event' }>;
    hostile.event = { ...hostile.event, text: `${'a'.repeat(50_000)}!` };
    expect(run([hostile], { failure: { match: '^(a+)+$' } })).to.deep.equal([hostile]);
  });

  it('refuses a pattern that is none', () => {
    expect(() => breaker({ failure: { match: '(' } })).to.throw(/no pattern in RE2 syntax/);
  });

  it('goes on from its saved state', () => {
    const machine = breaker.spec.machine(breaker.spec.options.parse({ failure: { match: 'timed out' } }));
    const signals = [...'ffofffoooof'].map((letter, i) => event(letter, i * 7000));
    const feed = (restore: boolean) => {
      let state = machine.start('api');
      const out: Flow[] = [];
      for (const signal of signals) {
        if (restore) state = JSON.parse(JSON.stringify(state)) as typeof state;
        const due = machine.due!(state);
        if (due !== null && due <= signal.time) machine.tick!(state, due, (made) => out.push(made));
        machine.step(state, signal, (made) => out.push(made));
      }
      return out;
    };
    expect(feed(true)).to.deep.equal(feed(false));
    expect(feed(false).filter(({ kind }) => kind === 'finding')).to.have.length(3);
  });
});

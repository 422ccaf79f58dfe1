import { expect } from 'chai';
import { from, toArray, type OperatorFunction } from 'rxjs';
import { budget } from '../../operators/budget.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { toIso, type Json, type JsonObject } from '../../src/event.ts';
import type { Signal } from '../../src/signal.ts';
import { verify as verifyMarbles } from '../../src/testing.ts';
import { resultJson } from '../support/findings.ts';

type Options = NonNullable<Parameters<typeof budget>[0]>;
const start = Date.parse('2026-03-14T00:00:00Z');
const minute = 60_000;
const amounts: Record<string, Json> = { a: '40', b: '50', c: '20', d: '-30', n: 'NaN', z: '0' };

const event = (id: string, time: number, metadata: JsonObject, key = 'team'): Signal => ({
  kind: 'event',
  time,
  key,
  event: { id, timestamp: toIso(time), source: 'bills', group_id: key, text: '', metadata },
});
const spend = (id: string, time: number, over: JsonObject = {}, key?: string) =>
  event(id, time, { spend: { amount: '1', currency: 'USD', ...over } }, key);
const operator = (over: Partial<Options> = {}) =>
  budget({ limit: '100', currency: 'USD', burn: [], ...over } as Options) as OperatorFunction<Flow, Flow>;
const run = (signals: Signal[], over: Partial<Options> = {}): Signal[] => {
  let out: Flow[] = [];
  from(signals)
    .pipe(operator(over), toArray())
    .subscribe((all) => (out = all));
  return out as Signal[];
};
const findings = (signals: Signal[]) => signals.flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : []));
const reasons = (signals: Signal[]) => signals.flatMap((signal) => (signal.kind === 'rejected' ? [signal.rejected.reason] : []));

/** A frame is a minute; w, x: 90 % and breach begin; W, X: they end; r: rejected. */
const verify = (input: string, over: Partial<Options>, output: string) =>
  verifyMarbles(input, operator({ thresholds: [{ at: 0.9 }, { at: 1, severity: 'critical' }], ...over } as Partial<Options>), output, {
    start,
    frame: minute,
    signal: (letter, time) => spend(`${letter}${time}`, time, { amount: amounts[letter] ?? '1' }),
    describe: (signal) => {
      if (signal.kind === 'event') return signal.event.id.charAt(0);
      if (signal.kind !== 'finding') return 'r';
      const letter = signal.finding.rule === 'budget:actual:1' ? 'x' : 'w';
      return signal.finding.state === 'firing' ? letter : letter.toUpperCase();
    },
  });

describe('budget operator', () => {
  it('forwards every event, and says when the thresholds are reached', () => {
    verify('a-----b---c---|', {}, 'a-----(bw)(cx)|');
  });

  it('resolves what a credit brings below the threshold again, less the hysteresis', () => {
    verify('a-b---d---b----|', {}, 'a-(bw)(dW)(bwx)|');
  });

  it('rejects what cannot be booked, forwards it all the same, and counts what is 0 as 0', () => {
    verify('a-n---z-b---|', {}, 'a-(nr)z-(bw)|');
  });

  it('resolves what fired when the period is over', () => {
    verify('a-b---------a---|', { rolling: '5m' }, 'a-(bw)------(Wa)|');
  });

  it('gives every reason why a record was not booked', () => {
    const bad: JsonObject[] = [
      { amount: '2' },
      { id: 'b', amount: 'NaN' },
      { id: 'c', amount: null },
      { id: 'd', currency: 'EUR' },
      { id: 'e', currency: null },
      { id: 'f', event_time: '2062-01-01T00:00:00Z' },
      { id: 'g', event_time: 'tomorrow' },
      { id: 'h', kind: 'reset' },
      { id: 'i', amount: {} },
    ];
    const out = run([spend('a', start, { id: 'a' }), ...bad.map((over) => spend('x', start, { id: 'a', ...over }))]);
    expect(reasons(out)).to.deep.equal([
      'the same id came before with another amount',
      'amount "NaN" is not a number',
      'amount is missing',
      'currency is "EUR", the budget is in USD',
      'currency is missing',
      'event time 2062-01-01T00:00:00.000Z is in the future of 2026-03-14T00:00:00.000Z',
      'event time is missing or cannot be read',
      'kind is "reset", expected delta, snapshot, reserve, commit or release',
      'amount is of type object',
    ]);
  });

  it('holds room for a cost in flight, books it at what it was, and gives the rest back', () => {
    const said = (id: string, kind: string, amount: string, minutes: number) => spend(id, start + minutes * minute, { id, kind, amount });
    const told = (signals: Signal[]) =>
      findings(run(signals, { thresholds: [{ at: 0.1 }] }))
        .map(resultJson)
        .map((result) => [result['spent'], result['reserved'], result['left']]);
    const reserved = [said('call', 'reserve', '60', 0), said('other', 'reserve', '30', 1)];
    expect(told([...reserved, spend('a', start + 2 * minute, { amount: '10' })])).to.deep.equal([['10', '90', '90']]);
    expect(told([...reserved, said('call', 'commit', '25', 2)])).to.deep.equal([['25', '30', '75']]);
    expect(told([...reserved, said('call', 'release', '0', 2), spend('a', start + 3 * minute, { amount: '10' })])).to.deep.equal([
      ['10', '30', '90'],
    ]);
    expect(told([...reserved, spend('late', start + 60 * minute, { amount: '10' })])).to.deep.equal([['10', '0', '90']]);
    const denied = run([
      ...reserved,
      said('third', 'reserve', '11', 2),
      said('nobody', 'release', '0', 3),
      spend('', start, { id: '', kind: 'reserve' }),
    ]);
    expect(reasons(denied)).to.deep.equal(['reservation denied: it would pass the limit', 'id is missing']);
  });

  it('gives a reservation up when its own time is over', () => {
    const out = (expires: string) =>
      findings(
        run([spend('r', start, { id: 'r', kind: 'reserve', amount: '60', expires }), spend('a', start + 9 * minute, { amount: '50' })]),
      ).map((finding) => resultJson(finding)['reserved']);
    expect(out(toIso(start + 5 * minute))).to.deep.equal(['0']);
    expect(out(toIso(start + 3 * 60 * minute))).to.deep.equal(['60']);
    expect(reasons(run([spend('r', start, { id: 'r', kind: 'reserve', expires: 'soon' })]))).to.deep.equal([
      'reservation denied: it would expire before it begins',
    ]);
  });

  it('lets events without spend pass, and reads spend from other fields when told to', () => {
    const options = {
      limit: 10_000,
      currency: 'tokens',
      defaultCurrency: 'tokens',
      spend: 'metadata.usage',
      thresholds: [{ at: 0.5 }],
      fields: { amount: 'metadata.usage.total_tokens', name: 'metadata.model', id: 'metadata.request' },
    };
    const call = (request: string, tokens: number) => event(request, start, { request, model: 'large', usage: { total_tokens: tokens } });
    const out = run(
      [event('plain', start, {}), call('1', 2000), call('1', 2000), call('2', 3000), event('bad', start, { request: '3', usage: {} })],
      options,
    );
    const [fired] = findings(out);
    expect(fired?.result).to.deep.include({
      spent: '5000',
      currency: 'tokens',
      where: { window_ms: 21_600_000, rows: [{ name: 'large', spent: '5000', share: 1 }] },
    });
    expect(reasons(out)).to.deep.equal(['amount is missing']);
  });

  it('takes a bare amount with the default currency', () => {
    const out = run([event('1', start, { spend: 95.5 })], { defaultCurrency: 'USD', thresholds: [{ at: 0.9 }] });
    expect(findings(out)[0]?.result).to.deep.include({ spent: '95.5', left: '4.5' });
  });

  it('keeps a budget for each key, and refuses new keys rather than forget one', () => {
    const out = run([spend('1', start, { amount: '60' }, 'a'), spend('2', start, { amount: '60' }, 'b'), spend('3', start, {}, 'c')], {
      maxGroups: 2,
      thresholds: [{ at: 0.5 }],
    });
    expect(findings(out).map(({ group_id, title, state }) => `${group_id}: ${title} ${state}`)).to.deep.equal([
      'a: budget, 50 % spent firing',
      'b: budget, 50 % spent firing',
    ]);
    expect(reasons(out)).to.deep.equal(['key refused: 2 keys are held, which is max_groups']);
  });

  it('tells one story a period in one finding', () => {
    const month = (day: number) => start + day * 24 * 60 * minute;
    const out = run(
      [spend('1', start, { amount: '120' }), spend('2', month(20), { amount: '1' }), spend('3', month(21), { amount: '120' })],
      { thresholds: [{ at: 1, severity: 'critical' }] },
    );
    const [first, ended, second] = findings(out);
    expect([first, ended, second].map((finding) => `${finding?.state} ${finding?.updated.slice(0, 10)}`)).to.deep.equal([
      'firing 2026-03-14',
      'resolved 2026-04-01',
      'firing 2026-04-04',
    ]);
    expect(ended?.id).to.equal(first?.id);
    expect(ended?.result).to.deep.include({ spent: '120' });
    expect(second?.id).to.not.equal(first?.id);
  });

  it('goes on from its saved state', () => {
    const machine = budget.spec.machine(budget.spec.options.parse({ limit: 20, currency: 'USD', period: 'day' }));
    const signals = Array.from({ length: 40 }, (_, i) =>
      spend(String(i), start + i * 47 * minute, { amount: String((i * 7) % 5), name: `m${i % 3}` }),
    );
    const feed = (restore: boolean) => {
      let state = machine.start('team');
      const out: Flow[] = [];
      for (const signal of signals) {
        if (restore) state = machine.load!(JSON.parse(JSON.stringify(machine.save!(state))) as Json);
        for (let due = machine.due!(state); due !== null && due <= signal.time; due = machine.due!(state))
          machine.tick!(state, due, (made) => out.push(made));
        machine.step(state, signal, (made) => out.push(made));
      }
      return out;
    };
    const out = feed(false);
    expect(feed(true)).to.deep.equal(out);
    expect(new Set(findings(out as Signal[]).map(({ rule }) => rule.split(':')[1]))).to.deep.equal(
      new Set(['actual', 'burn', 'forecasted']),
    );
  });
});

import { expect } from 'chai';
import { toIso } from '../../src/event.ts';
import { Backtest } from '../../src/findings/backtest.ts';
import { isOfService, type Incident } from '../../src/findings/backtest/incident.ts';
import type { BacktestResult } from '../../src/findings/backtest/result.ts';
import { options, readSettings } from '../../src/findings/rules/options.ts';
import type { Finding } from '../../src/signal.ts';
import { blipSignal } from '../support/blips.ts';

const minute = 60_000;
const hour = 60 * minute;
const { rules } = readSettings(options.parse([{ name: 'new-error', when: { state: 'new', minLevel: 'error' } }]));
const incident = (id: string, start: number, more: Partial<Incident> = {}): Incident => ({
  id,
  title: '',
  start,
  end: null,
  service: 'orders',
  ...more,
});
const finding = (id: string, group: string): Finding => ({
  id,
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: group,
  title: `trouble ${id}`,
  since: toIso(0),
  updated: toIso(0),
  result: {},
});

describe('a backtest', () => {
  const run = (incidents: Incident[], fill: (test: Backtest) => void, { from = null as number | null } = {}): BacktestResult => {
    const test = new Backtest({ incidents, rules, from, to: null });
    for (const group of ['orders', 'web']) test.see(blipSignal('calm', 0, { group_id: group }).blip);
    fill(test);
    return test.result({ first: 0, last: 24 * hour });
  };
  const page = (at: number, group = 'orders', id = `f${at}`, change: string | null = null) => ({
    at,
    until: null,
    to: 'pager',
    finding: finding(id, group),
    groups: [group],
    change,
  });
  const missed = ({ incidents }: BacktestResult) => incidents.missed.map(({ id, why }) => `${id} ${why}`);

  it('says by how much the first page of an incident came before its record, or after it', () => {
    const { incidents } = run([incident('a', 5 * hour), incident('b', 10 * hour), incident('c', 15 * hour)], (test) => {
      for (const at of [5 * hour - 3 * minute, 5 * hour + minute, 10 * hour + 4 * minute, 15 * hour - 10 * minute]) test.page(page(at));
    });
    expect(incidents.caught.map(({ id, early_ms }) => [id, early_ms / minute])).to.deep.equal([
      ['a', 3],
      ['b', -4],
      ['c', 10],
    ]);
    expect(incidents.median_early_ms).to.equal(3 * minute);
  });

  it('takes a page of another group, or of another time, for none of it', () => {
    const result = run([incident('a', 5 * hour, { end: 6 * hour })], (test) => {
      test.page(page(5 * hour, 'web'));
      test.page(page(5 * hour - 61 * minute, 'orders', 'early'));
      test.page(page(6 * hour + 1, 'orders', 'late'));
      test.over('early', 'pager', 4.5 * hour);
    });
    expect(result.incidents.caught).to.deep.equal([]);
    expect(result.not_known.count).to.equal(3);
  });

  it('names the first reason why no page came', () => {
    const at = (hours: number, group: string, more = {}) => blipSignal('x', hours * hour + 5 * minute, { group_id: group, ...more }).blip;
    const result = run(
      [
        incident('unknown', hour, { service: 'payments' }),
        incident('silent', 3 * hour),
        incident('learning', 5 * hour),
        incident('held', 7 * hour),
        incident('calm', 9 * hour),
        incident('below', 11 * hour),
        incident('open', 20 * hour),
      ],
      (test) => {
        test.see(at(5, 'orders', { state: 'new', why: { learning: {} } }));
        test.see(at(7, 'orders', { state: 'rising' }));
        test.withheld(finding('h', 'orders'), ['orders'], 'silenced', 7 * hour);
        test.see(at(9, 'orders', { state: 'steady', score: 4 }));
        test.see(at(11, 'orders', { state: 'rising', level: 'WARN', score: 34 }));
        test.page(page(17 * hour, 'orders', 'old'));
        test.see(at(20, 'orders'));
      },
    );
    expect(missed(result)).to.deep.equal([
      'unknown group never sent',
      'silent its group sent nothing then',
      'learning in the warm-up',
      'held found, not sent (silenced): trouble h',
      'calm no line changed',
      'below below new-error (state rising, not new; min_level warn, not error): orders: label x rising, score 34',
      'open paged before, and open all the time: trouble old',
    ]);
  });

  it('goes by time alone where the list names services that no group is called by', () => {
    const { incidents } = run([incident('a', hour, { service: 'Team Rocket' })], (test) => test.page(page(hour, 'web')));
    expect(incidents.by_time).to.equal(true);
    expect(incidents.caught.map(({ id }) => id)).to.deep.equal(['a']);
  });

  it('counts pages within the time that was asked for, and incidents outside of it apart', () => {
    const result = run(
      [incident('a', hour), incident('b', 23 * hour), incident('c', 99 * hour)],
      (test) => {
        for (const at of [hour, 22 * hour, 23 * hour]) test.page(page(at));
      },
      { from: 12 * hour },
    );
    expect(result.pages.count).to.equal(2);
    expect([result.incidents.known, result.incidents.outside]).to.deep.equal([1, 2]);
  });

  it('counts what nobody knows of by rule, and what followed a change together', () => {
    const { not_known: unknown } = run([], (test) => {
      test.page(page(hour, 'web', 'a', 'web v2'));
      test.page(page(hour, 'orders', 'b', 'orders v3'));
      test.page(page(2 * hour, 'web', 'c'));
    });
    expect(unknown).to.deep.equal({
      count: 3,
      by_rule: [{ rule: 'new-error', pages: 3 }],
      kinds: [
        { kind: 'after a change', pages: 2 },
        { kind: 'new-error in web', pages: 1 },
      ],
    });
  });

  it('has no days without an event', () => {
    expect(new Backtest({ incidents: [], rules, from: null, to: null }).result({ first: null, last: null }).pages).to.deep.equal({
      count: 0,
      a_day: 0,
      by_team: [],
    });
  });
});

describe('isOfService', () => {
  const cases: [string, string, boolean][] = [
    ['orders', 'orders', true],
    ['cloudwatch:/aws/lambda/payments', 'Payments API', true],
    ['k8s:order-service', 'OrderService', true],
    ['orders', 'Orders (prod)', true],
    ['orders', 'order', false],
    ['checkout', 'checkout payments', false],
    ['api', 'API', false],
    ['API', 'API', true],
  ];
  for (const [group, service, is] of cases)
    it(`${group} is ${is ? '' : 'not '}of ${service}`, () => expect(isOfService(group, service)).to.equal(is));
});

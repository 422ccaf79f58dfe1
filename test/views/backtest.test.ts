import { expect } from 'chai';
import type { BacktestResult } from '../../src/findings/backtest/result.ts';
import { backtestPage, type BacktestPage } from '../../src/views/backtest.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const result: BacktestResult = {
  from: '2026-02-12T00:00:00.000Z',
  to: '2026-03-14T00:00:00.000Z',
  days: 30,
  pages: {
    count: 41,
    a_day: 1.37,
    by_team: [
      { team: 'storage', pages: 29, a_day: 1 },
      { team: 'web', pages: 12, a_day: 0.4 },
    ],
  },
  incidents: { known: 3, outside: 1, by_time: false, caught: [], missed: [], median_early_ms: null },
  not_known: {
    count: 27,
    by_rule: [],
    kinds: [
      { kind: 'after a change', pages: 11 },
      { kind: 'spike in web', pages: 9 },
      { kind: 'new-error in auth', pages: 3 },
      { kind: 'new-error in cart', pages: 4 },
    ],
  },
  all: [],
};
const row = (id: string) => ({ id, title: '', start: '', service: null });
const page = (more: Partial<BacktestPage> = {}) =>
  backtestPage({ file: 'radar.yaml', records: 61_204_118, result, assumed: false, ...more }, view);

describe('the page of a backtest', () => {
  it('says pages, incidents and what nobody knows of', () => {
    const incidents = {
      ...result.incidents,
      caught: [{ ...row('INC-1'), page: 'f1', early_ms: -240_000 }],
      missed: [
        { ...row('INC-2'), why: 'no line changed' },
        { ...row('INC-3'), why: 'group never sent' },
      ],
      median_early_ms: -240_000,
    };
    expect(page({ result: { ...result, incidents } })).to.deep.equal([
      'BACKTEST  radar.yaml                 2026-02-12 to 2026-03-14, 30 days, 61,204,118 records',
      'pages       41, 1.4 a day  to storage 29, web 12',
      'incidents   3 known: caught 1 (median 4m later than its record), missed 2  1 outside this time',
      '  missed    INC-2 no line changed',
      '            INC-3 group never sent',
      'not known   27 pages:  11 after a change,  9 spike in web,  3 new-error in auth,  4 other',
    ]);
  });

  it('says what options would change, incident by incident', () => {
    const caught = (...ids: string[]) => ({
      ...result.incidents,
      caught: ids.map((id) => ({ ...row(id), page: '', early_ms: 0 })),
      median_early_ms: 0,
    });
    const lines = page({
      result: { ...result, incidents: caught('A', 'B') },
      changed: {
        settings: ['spike.threshold=4'],
        result: { ...result, pages: { ...result.pages, count: 1 }, incidents: caught('B', 'C') },
      },
    });
    expect(lines.at(-1)).to.equal('would change  --set spike.threshold=4: 1 page, caught 2  no longer A  now C too');
  });

  it('knows no incidents where no list was given, and no days without events', () => {
    const none = { ...result, incidents: { ...result.incidents, known: 0, outside: 0 } };
    expect(page({ result: none }).at(-1)).to.match(/^by rule {5}27 pages:/);
    expect(page({ result: { ...result, from: null, to: null } }).at(-1)).to.equal('No events in the history.');
  });
});

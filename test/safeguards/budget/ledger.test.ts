// One file, because all of it is said with one ledger and the same few records.
import { expect } from 'chai';
import fc from 'fast-check';
import { createLedger, type Ledger, type LedgerState, type Recorded, type SpendRecord } from '../../../src/safeguards/budget/ledger.ts';
import { writePico } from '../../../src/safeguards/budget/money.ts';
import { ledgerStart as start, openLedger, spend, type Loose } from '../../support/budgetSetup.ts';

const ms = (iso: string) => Date.parse(iso);

const hour = 3_600_000;

const minute = 60_000;

const said = ({ notices }: Pick<Recorded, 'notices'>) => notices.map(({ rule, state, period }) => `${rule} ${state} ${period.id}`);

describe('ledger', () => {
  it('adds deltas exactly', () => {
    const { take, spent } = openLedger();
    ['0.1', '0.2', '1e-12', '-0.05'].forEach((amount, i) => take(spend({ id: String(i), amount })));
    expect(spent()).to.equal('0.250000000001');
  });

  it('counts a delta once, whatever time its second coming bears', () => {
    const { take, spent } = openLedger();
    expect(take(spend()).status).to.equal('accepted');
    expect(take(spend({ eventTime: start + hour })).status).to.equal('duplicate');
    expect(take(spend({ source: 'other' })).status).to.equal('accepted');
    expect(spent()).to.equal('2');
  });

  it('lets the snapshot of the highest version stand, in whatever order they come', () => {
    const { take, spent, state } = openLedger();
    const snapshot = (version: number | string, amount: string) => take(spend({ kind: 'snapshot', version, amount }));
    expect([snapshot(2, '7'), snapshot(1, '5'), snapshot('10', '9'), snapshot(10, '9')].map(({ status }) => status)).to.deep.equal([
      'accepted',
      'stale',
      'accepted',
      'duplicate',
    ]);
    expect(snapshot(10, '8').reason).to.equal('the same id and version came before with another amount');
    expect(spent()).to.equal('9');
    expect(state.steps.get('2026-03')?.records).to.equal(1);
  });

  it('starts a snapshot id afresh in the next period', () => {
    const { take, spent } = openLedger();
    take(spend({ kind: 'snapshot', amount: '60' }));
    take(spend({ kind: 'snapshot', amount: '3', eventTime: ms('2026-04-01T00:00:00Z') }));
    expect(spent()).to.equal('3');
    expect(spent(start)).to.equal('60');
  });

  const rejected: [string, Loose, string][] = [
    ['another amount under the same id', { amount: '2' }, 'the same id came before with another amount'],
    ['an amount that is NaN', { id: 'b', amount: 'NaN' }, 'amount "NaN" is not a number'],
    ['an amount that is missing', { id: 'b', amount: undefined }, 'amount is missing'],
    ['another currency', { id: 'b', currency: 'EUR' }, 'currency is "EUR", the budget is in USD'],
    ['no currency', { id: 'b', currency: undefined }, 'currency is missing'],
    ['no id', { id: '' }, 'id is missing, or longer than 512 characters'],
    ['another kind', { id: 'b', kind: 'reset' }, 'kind is "reset", expected delta, snapshot, reserve, commit or release'],
    ['another key', { id: 'b', key: 'z' }, 'it belongs to "z", not to "k"'],
    ['a time that cannot be read', { id: 'b', eventTime: Number.NaN }, 'event time is missing or cannot be read'],
    [
      'a time in the far future',
      { id: 'b', eventTime: ms('2062-01-01T00:00:00Z') },
      'event time 2062-01-01T00:00:00.000Z is in the future of 2026-03-14T00:00:00.000Z',
    ],
    ['a time of a closed period', { id: 'b', eventTime: ms('2026-01-31T23:59:59Z') }, 'period January 2026 is closed'],
  ];
  for (const [what, over, reason] of rejected) {
    it(`rejects ${what} with the reason, and counts nothing`, () => {
      const { ledger, state, take, spent } = openLedger();
      take(spend());
      expect(ledger.record(state, spend(over), start)).to.deep.equal({ status: 'rejected', reason, notices: [] });
      expect(spent()).to.equal('1');
      expect(state.counts).to.deep.include({ accepted: 1, rejected: 1 });
    });
  }

  it('gives permuted and duplicated deltas the same totals', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => String(n / 1000));
    const records = fc.array(fc.tuple(amount, fc.integer({ min: 0, max: 27 * 24 })), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), (raw, randomness) => {
        const dated = raw.map(([value, hours], i) => spend({ id: `r${i}`, amount: value, eventTime: ms('2026-02-10') + hours * hour }));
        const shuffled = [...dated, ...dated]
          .map((record) => [randomness.next().value as number, record] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, record]) => record);
        const totals = (list: SpendRecord[]) => {
          const { ledger, state, take } = openLedger({ keep: 2 });
          for (const record of list) take(record);
          ledger.advance(state, ms('2026-03-20'));
          return [...state.steps.values()].map(({ id, charges, credits }) => `${id} ${charges} ${credits}`).toSorted();
        };
        expect(totals(shuffled)).to.deep.equal(totals(dated));
      }),
      { numRuns: 20 },
    );
  });

  it('loses no spend across period boundaries, in zones that change their clocks', () => {
    const zone = fc.constantFrom('America/New_York', 'America/Havana', 'Asia/Beirut', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
    const change = fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01', '2011-12-30').map(ms);
    fc.assert(
      fc.property(
        zone,
        fc.constantFrom('hour', 'day'),
        change,
        fc.array(fc.integer({ min: -36, max: 36 }), { minLength: 1 }),
        (timeZone, period, at, quarters) => {
          const { ledger, state } = openLedger({ timeZone, period, keep: 60 });
          const times = quarters.map((n) => at + n * 15 * minute).toSorted((a, b) => a - b);
          for (const [i, eventTime] of times.entries()) ledger.record(state, spend({ id: `r${i}`, eventTime }), times.at(-1)!);
          const booked = [...state.steps.values()].reduce((sum, { charges }) => sum + charges, 0n);
          expect(writePico(booked)).to.equal(String(quarters.length));
          for (const { start: from, end, records } of state.steps.values()) {
            expect(times.filter((t) => t >= from && t < end)).to.have.length(records);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('fires each threshold once a period and again only after falling below it by the hysteresis', () => {
    const { take } = openLedger({ thresholds: [{ at: 0.5 }, { at: 1, severity: 'critical' }] });
    expect(said(take(spend({ id: '1', amount: '50' })))).to.deep.equal(['actual:0.5 firing 2026-03']);
    expect(said(take(spend({ id: '2', amount: '20' })))).to.deep.equal([]);
    expect(said(take(spend({ id: '3', amount: '-24' })))).to.deep.equal([]);
    expect(said(take(spend({ id: '3b', amount: '-1' })))).to.deep.equal([]);
    expect(said(take(spend({ id: '4', amount: '-1' })))).to.deep.equal(['actual:0.5 resolved 2026-03']);
    expect(said(take(spend({ id: '5', amount: '56' })))).to.deep.equal(['actual:0.5 firing 2026-03', 'actual:1 firing 2026-03']);
    expect(said(take(spend({ id: '6', eventTime: ms('2026-04-01') })))).to.deep.equal([
      'actual:0.5 resolved 2026-03',
      'actual:1 resolved 2026-03',
    ]);
  });

  it('does not fire again for a period that is over, whatever comes late', () => {
    const { take, spent } = openLedger({ thresholds: [{ at: 0.5 }] });
    take(spend({ id: '1', amount: '60' }));
    take(spend({ id: '2', amount: '1', eventTime: ms('2026-04-02') }));
    expect(said(take(spend({ id: '3', amount: '15' }), ms('2026-04-02')))).to.deep.equal([]);
    expect(spent(start)).to.equal('75');
  });

  it('takes a record at the edges of the time it covers, and none a millisecond beyond', () => {
    const { ledger, state } = openLedger({ maxFutureSkew: '5m' });
    const status = (id: string, eventTime: number) => ledger.record(state, spend({ id, eventTime }), start).status;
    expect([status('a', start + 300_000), status('b', start + 300_001)]).to.deep.equal(['accepted', 'rejected']);
    const oldest = ms('2026-02-01T00:00:00Z');
    expect([status('c', oldest), status('d', oldest - 1)]).to.deep.equal(['accepted', 'rejected']);
  });

  it('revises the period of a late record, not the running one', () => {
    const { take, spent } = openLedger({ thresholds: [{ at: 0.5 }] });
    take(spend({ id: '1', amount: '40' }));
    take(spend({ id: '2', amount: '30', eventTime: ms('2026-04-02') }));
    const late = take(spend({ id: '3', amount: '15' }), ms('2026-04-02'));
    expect(said(late)).to.deep.equal(['actual:0.5 firing 2026-03']);
    expect([spent(start), spent(ms('2026-04-02'))]).to.deep.equal(['55', '30']);
  });

  it('asks the pure check with 0 when credits outweigh the charges, and reports the balance beside it', () => {
    const { ledger, state, take } = openLedger();
    take(spend({ amount: '-12' }));
    const { check, spent, left } = ledger.describe(state, start);
    expect({ spend: check.currentSpend, spent, left }).to.deep.equal({ spend: 0, spent: '-12', left: '112' });
  });

  for (const [credits, spent] of [
    ['net', '70'],
    ['gross', '90'],
    ['separate', '90'],
  ] as const) {
    it(`counts ${spent} of 90 charged and 20 credited when credits are ${credits}`, () => {
      const { ledger, state, take } = openLedger({ credits });
      take(spend({ id: '1', amount: '90' }));
      take(spend({ id: '2', amount: '-20' }));
      expect(ledger.describe(state, start)).to.deep.include({ spent, credits: '-20', net: '70' });
    });
  }

  it('lets a rolling window forget step by step', () => {
    const { ledger, state, take, spent } = openLedger({ rolling: '24h', thresholds: [{ at: 0.5 }] });
    expect(said(take(spend({ id: '1', amount: '40' })))).to.deep.equal([]);
    expect(said(take(spend({ id: '2', amount: '20', eventTime: start + 12 * hour })))).to.deep.equal(['actual:0.5 firing rolling/24h']);
    expect(said({ notices: ledger.advance(state, start + 24 * hour + 14 * minute) })).to.deep.equal([]);
    expect(said({ notices: ledger.advance(state, start + 24 * hour + 15 * minute) })).to.deep.equal(['actual:0.5 resolved rolling/24h']);
    expect(spent()).to.equal('20');
  });

  it('does not count in a rolling window what is dated ahead, until its time has come', () => {
    const { ledger, state, spent } = openLedger({ rolling: '1d' });
    ledger.record(state, spend({ id: '1', amount: '10' }), start);
    ledger.record(state, spend({ id: '2', amount: '20', eventTime: start + 45 * 60_000 }), start);
    expect([spent(start), spent(start + 45 * 60_000)]).to.deep.equal(['10', '30']);
  });

  it('fires a burn rate only when both windows exceed it, and ends it when the short one stays low', () => {
    const burn = [{ name: 'fast', fraction: 0.05, long: '6h', short: '30m' }];
    const { ledger, state, take } = openLedger({ burn, thresholds: [], limit: '744' });
    // Even pace 1 an hour, so it fires above 0.05 * 744 / 6 = 6.2 times that.
    take(spend({ id: '1', amount: '37.3' }));
    expect(said({ notices: ledger.advance(state, start + 5 * minute) })).to.deep.equal(['burn:fast firing 2026-03']);
    // The spend leaves the short window at 35 minutes; the alarm waits for one more of them.
    expect(said({ notices: ledger.advance(state, start + 60 * minute) })).to.deep.equal([]);
    expect(said({ notices: ledger.advance(state, start + 65 * minute) })).to.deep.equal(['burn:fast resolved 2026-03']);
    const calm = openLedger({ burn, thresholds: [], limit: '744' });
    calm.take(spend({ id: '1', amount: '37.2' }));
    expect(said({ notices: calm.ledger.advance(calm.state, start + 7 * hour) })).to.deep.equal([]);
  });

  it('forgets the ids of closed periods and keeps one line of each', () => {
    const { ledger, state, take } = openLedger();
    take(spend({ id: '1', amount: '40' }));
    take(spend({ id: '2', amount: '1', eventTime: ms('2026-05-02') }));
    expect([...state.seen.keys()]).to.deep.equal(['1:s:2']);
    expect(ledger.describe(state, ms('2026-05-02')).history).to.deep.equal([{ period: '2026-03', spent: '40' }]);
    ledger.advance(state, ms('2027-01-01'));
    expect({
      seen: state.seen.size,
      steps: state.steps.size,
      fine: state.fine.bins.size,
      alarms: state.alarms.size,
      due: ledger.due(state),
    }).to.deep.equal({
      seen: 0,
      steps: 0,
      fine: 0,
      alarms: 0,
      due: null,
    });
  });

  it('bounds the ids it remembers, and says how many it gave up', () => {
    const { ledger, state, take } = openLedger({ maxIds: 3 });
    for (let i = 0; i < 5; i += 1) take(spend({ id: String(i) }));
    expect(state.seen.size).to.equal(3);
    expect(ledger.describe(state, start).data.ids_forgotten).to.equal(2);
  });

  it('goes on after a save and load in mid-stream as one never stopped', () => {
    const burn = [{ name: 'fast', fraction: 0.05, long: '6h', short: '30m' }];
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'f'),
      amount: fc.integer({ min: -30, max: 60 }).map(String),
      wait: fc.integer({ min: 0, max: 400 }),
      kind: fc.constantFrom('delta', 'snapshot'),
      name: fc.constantFrom('x', '__proto__', undefined),
    });
    const through = (ledger: Ledger, state: LedgerState) => ledger.load(JSON.parse(JSON.stringify(ledger.save(state))));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.nat(25), (steps, cut) => {
        const ledger = createLedger({ limit: '100', currency: 'USD', period: 'day', burn });
        const run = (stopped: boolean) => {
          let state = ledger.start('k');
          let now = start;
          const out: unknown[] = [];
          for (const [i, { wait, ...over }] of steps.entries()) {
            now += wait * minute;
            if (stopped && i === cut) state = through(ledger, state);
            out.push(ledger.advance(state, now), ledger.record(state, spend({ ...over, eventTime: now }), now));
          }
          return [out, ledger.describe(state, now), ledger.save(state)];
        };
        expect(run(true)).to.deep.equal(run(false));
      }),
      { numRuns: 60 },
    );
  });
});

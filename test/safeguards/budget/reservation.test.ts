import { expect } from 'chai';
import fc from 'fast-check';
import { ledgerStart as start, openLedger, spend } from '../../support/budgetSetup.ts';

const minute = 60_000;

describe('reservations', () => {
  it('never let eight callers pass the limit together', () => {
    const action = fc.record({
      caller: fc.nat(7),
      amount: fc.integer({ min: 1, max: 40 }),
      what: fc.constantFrom('reserve', 'commit', 'release', 'wait'),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { ledger, state } = openLedger();
        const held = new Map<string, number>();
        let now = start;
        for (const [i, { caller, amount, what }] of actions.entries()) {
          const mine = [...held.keys()].find((id) => id.startsWith(`${caller}:`));
          const id = `${caller}:${i}`;
          if (what === 'wait') now += 4 * minute;
          if (what === 'reserve' && !mine && ledger.reserve(state, { id, amount, currency: 'USD' }, now).granted) held.set(id, amount);
          const live = mine !== undefined && (state.reservations.get(mine)?.expires ?? 0) > now;
          if (what === 'commit' && mine && live)
            ledger.commit(state, spend({ id: mine, amount: Math.min(amount, held.get(mine)!), eventTime: now }), now);
          if (what === 'release' && mine) ledger.release(state, mine);
          if (mine && (what === 'commit' || what === 'release')) held.delete(mine);
          const { spent, reserved } = ledger.describe(state, now);
          expect(Number(spent) + Number(reserved)).to.be.at.most(100);
        }
      }),
    );
  });

  it('answer a retry as the first time, and refuse what would pass the limit', () => {
    const { ledger, state } = openLedger();
    const ask = (id: string, amount: string) => ledger.reserve(state, { id, amount, currency: 'USD' }, start);
    expect(ask('1', '60')).to.deep.equal({ granted: true, expires: start + 10 * minute, remaining: '40' });
    expect(ask('1', '60')).to.deep.include({ granted: true, remaining: '40' });
    expect(ask('1', '61')).to.deep.equal({
      granted: false,
      reason: 'the same id holds another amount',
      remaining: '40',
    });
    expect(ask('2', '40.000000000001')).to.deep.equal({
      granted: false,
      reason: 'it would pass the limit',
      remaining: '40',
    });
    expect(ask('3', '40')).to.deep.include({ granted: true, remaining: '0' });
  });

  it('are replaced by the real cost, once, and freed when it never comes', () => {
    const { ledger, state, spent } = openLedger();
    ledger.reserve(state, { id: '1', amount: '60', currency: 'USD' }, start);
    ledger.reserve(state, { id: '2', amount: '30', currency: 'USD' }, start);
    expect(ledger.commit(state, spend({ id: '1', amount: '45' }), start).status).to.equal('accepted');
    expect(ledger.commit(state, spend({ id: '1', amount: '45' }), start).status).to.equal('duplicate');
    expect([spent(), ledger.describe(state, start).reserved]).to.deep.equal(['45', '30']);
    ledger.advance(state, start + 10 * minute);
    expect(ledger.describe(state, start + 10 * minute).reserved).to.equal('0');
  });
});

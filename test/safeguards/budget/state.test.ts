import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { loadLedger, saveLedger, startLedger } from '../../../src/safeguards/budget/state.ts';
import { sumOfWindow } from '../../../src/safeguards/budget/paceWindows.ts';
import { bookedLedger, budgetSetup, midMarch } from '../../support/budgetSetup.ts';

describe('the state of a ledger', () => {
  it('is plain JSON, and the same when it is loaded', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [{ amount: '0.000000000001', name: 'gpt' }, { amount: '123456789012345' }]);
    state.history.push({ id: '2026-02', spent: 7n });
    state.reservations.set('a', { amount: 5n, expires: 9 });
    sumOfWindow(state.fine, setup.fine, setup.paceWindow, midMarch);
    const saved = JSON.parse(JSON.stringify(saveLedger(state))) as Json;
    const loaded = loadLedger(saved);
    expect(saveLedger(loaded)).to.deep.equal(saved);
    expect(loaded).to.deep.include({
      seen: state.seen,
      steps: state.steps,
      names: state.names,
      history: state.history,
      reservations: state.reservations,
    });
    expect([loaded.fine.bins, loaded.fine.cursors.size]).to.deep.equal([state.fine.bins, 0]);
  });

  it('begins with nothing', () => expect(loadLedger(saveLedger(startLedger('k')))).to.deep.equal(startLedger('k')));
});

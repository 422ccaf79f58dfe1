import { expect } from 'chai';
import { advanceClock, nextDue, tickIn } from '../../../src/safeguards/budget/tick.ts';
import { startLedger } from '../../../src/safeguards/budget/state.ts';
import { bookedLedger, budgetSetup, midMarch } from '../../support/budgetSetup.ts';

const april = Date.UTC(2026, 3, 1);

describe('the time of a ledger', () => {
  it('never runs back, and is judged from the first time that is heard', () => {
    const state = startLedger('llm');
    for (const time of [5, 9, 7]) advanceClock(state, time);
    expect([state.now, state.judged]).to.deep.equal([9, 5]);
  });

  it('matters next at a bin, a reservation or the end of a step; never where nothing is held', () => {
    const setup = budgetSetup();
    const empty = startLedger('llm');
    advanceClock(empty, midMarch);
    expect(nextDue(empty, setup)).to.equal(null);
    empty.reservations.set('a', { amount: 1n, expires: midMarch - 5 });
    expect(nextDue(empty, setup)).to.equal(midMarch + 1);
    const state = bookedLedger(setup, [{}]);
    expect(nextDue(state, setup)).to.equal(null);
    advanceClock(state, midMarch);
    expect(nextDue(state, setup)).to.equal(midMarch + setup.fine);
    state.fine.bins.clear();
    state.coarse.clear();
    expect(nextDue(state, setup)).to.equal(april);
  });

  it('closes the books of a period that takes no more records: one line is left of it', () => {
    const setup = budgetSetup({ keep: 0 });
    const state = bookedLedger(setup, [{ amount: '60' }]);
    advanceClock(state, midMarch);
    tickIn(state, setup, april - 1);
    expect([state.steps.size, state.seen.size]).to.deep.equal([1, 1]);
    tickIn(state, setup, april);
    expect([state.steps.size, state.seen.size]).to.deep.equal([0, 0]);
    expect(state.history.map(({ id }) => id)).to.deep.equal(['2026-03']);
  });

  it('lets go of reservations and of what lies too far back', () => {
    const setup = budgetSetup();
    const state = bookedLedger(setup, [{ name: 'gpt' }]);
    state.reservations.set('a', { amount: 1n, expires: midMarch + 5 });
    tickIn(state, setup, midMarch + 5);
    expect([state.reservations.size, state.names.size]).to.deep.equal([0, 1]);
    tickIn(state, setup, midMarch + setup.fineReach + setup.fine + setup.nameBin);
    expect([state.fine.bins.size, state.names.size]).to.deep.equal([0, 0]);
  });
});

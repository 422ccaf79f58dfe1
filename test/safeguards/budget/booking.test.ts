import { expect } from 'chai';
import { book, counted } from '../../../src/safeguards/budget/booking.ts';
import { countSpent, sumPeriod } from '../../../src/safeguards/budget/spent.ts';
import { startLedger } from '../../../src/safeguards/budget/state.ts';
import { budgetSetup, midMarch, pico, spendRecord } from '../../support/budgetSetup.ts';

const hour = 3_600_000;

function ledger(options: object = {}) {
  const setup = budgetSetup(options);
  const state = startLedger('llm');
  const take = (more: object) => {
    const record = spendRecord(more);
    return book(state, setup, record, pico(String(record.amount))).status;
  };
  const spent = () => countSpent(setup, sumPeriod(state, setup, setup.accounting.periodAt(midMarch)));
  return { state, setup, take, spent };
}

describe('a record that is booked', () => {
  it('counts once by its id and source, whatever its time', () => {
    const { take, spent } = ledger();
    expect([take({ id: 'a' }), take({ id: 'a', eventTime: midMarch - hour }), take({ id: 'a', source: 't' })]).to.deep.equal([
      'accepted',
      'duplicate',
      'accepted',
    ]);
    expect(spent()).to.equal(pico('20'));
  });

  it('is refused under an id that came with another amount', () => {
    const { take } = ledger();
    take({ id: 'a' });
    expect(take({ id: 'a', amount: '11' })).to.equal('rejected');
  });

  it('as a snapshot stands by its version, the highest, and takes the place of the one before', () => {
    const { take, spent, state } = ledger();
    const snapshot = (amount: string, version: number) => take({ id: 'a', kind: 'snapshot', amount, version });
    expect([snapshot('10', 2), snapshot('30', 1), snapshot('10', 2), snapshot('11', 2), snapshot('25', 3)]).to.deep.equal([
      'accepted',
      'stale',
      'duplicate',
      'rejected',
      'accepted',
    ]);
    expect(spent()).to.equal(pico('25'));
    expect([...state.steps.values()][0]!.records).to.equal(1);
  });

  it('is late where its time had been judged before', () => {
    const { take, state } = ledger();
    state.judged = midMarch;
    take({ eventTime: midMarch });
    take({ eventTime: midMarch - 1 });
    expect([...state.steps.values()][0]!.late).to.equal(1);
  });

  it('is a charge, or a credit that counts as the options say', () => {
    for (const [credits, left] of [
      ['net', '-5'],
      ['gross', '0'],
      ['separate', '0'],
    ] as const)
      expect(counted(ledger({ credits }).setup, pico('-5'))).to.equal(pico(left));
    const { take, state } = ledger();
    take({ amount: '-5' });
    expect([...state.steps.values()][0]).to.include({ credits: pico('-5'), charges: 0n, creditRecords: 1 });
  });

  it('is kept apart by its name, up to so many names, and forgotten beyond so many ids', () => {
    const { take, state } = ledger({ maxNames: 1, maxIds: 2 });
    for (const name of ['gpt', 'tts', undefined]) take({ name });
    expect([...state.names.keys()]).to.deep.equal(['gpt', 'other']);
    expect([state.seen.size, state.counts.forgotten]).to.deep.equal([2, 1]);
  });
});

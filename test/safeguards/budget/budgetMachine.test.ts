import { expect } from 'chai';
import { budgetMachine, budgetOptions } from '../../../src/safeguards/budget/budgetMachine.ts';
import type { FindingSignal, RejectedSignal } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';

const now = Date.UTC(2026, 2, 16, 12);

function fed(...spends: unknown[]) {
  const machine = budgetMachine(budgetOptions.parse({ limit: '100', currency: 'USD', defaultCurrency: 'USD', burn: [] }));
  const state = machine.start('llm');
  const out: (FindingSignal | RejectedSignal)[] = [];
  spends.forEach((spend, i) => {
    const signal = eventSignal(`call ${i}`, now + i);
    machine.step(state, { ...signal, event: { ...signal.event, metadata: { spend } as never } }, (one) => out.push(one));
  });
  return { machine, state, out };
}

describe('the budget of a key', () => {
  it('tells each threshold under a title in words', () => {
    const { out } = fed(50, 40, 10);
    expect(out.map((one) => one.kind === 'finding' && `${one.finding.severity} ${one.finding.title}`)).to.deep.equal([
      'info budget, 50 % spent',
      'warning budget, 90 % spent',
      'critical budget, breached',
    ]);
  });

  it('rejects what cannot be booked, with the reason and the event', () => {
    const [rejected] = fed('much').out;
    expect(rejected).to.deep.include({ kind: 'rejected' });
    expect(JSON.stringify(rejected)).to.include('call 0').and.to.include('much');
  });

  it('does nothing for an event without spend, and holds nothing then', () => {
    const { machine, state, out } = fed(undefined, null);
    expect([out, machine.due!(state)]).to.deep.equal([[], null]);
  });

  it('goes on after a save and load', () => {
    const { machine, state } = fed(50);
    const loaded = machine.load!(JSON.parse(JSON.stringify(machine.save!(state))));
    expect(machine.save!(loaded)).to.deep.equal(machine.save!(state));
    expect(machine.due!(loaded)).to.equal(machine.due!(state));
  });
});

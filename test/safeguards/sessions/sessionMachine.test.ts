import { expect } from 'chai';
import { options } from '../../../src/safeguards/sessions/options.ts';
import { SessionMachine } from '../../../src/safeguards/sessions/sessionMachine.ts';
import type { EventSignal, FindingSignal, SessionSignal } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';
import { blipSignal } from '../../support/blips.ts';

const minute = 60_000;

function played(more: object = {}) {
  const machine = new SessionMachine(
    options.parse({ by: 'metadata.order', pattern: 'metadata.step', idle: '1m', minSessions: 20, ...more }),
  );
  const state = machine.start();
  const out: (FindingSignal | SessionSignal)[] = [];
  let order = 0;
  let now = 10 * minute;
  const step = (text: string, time: number, of = `o${order}`) => {
    const signal = eventSignal(text, time);
    machine.step(state, { ...signal, event: { ...signal.event, metadata: { order: of, step: text } } } as EventSignal);
  };
  const session = (...steps: string[]) => {
    order += 1;
    now += 5 * minute;
    for (const [i, text] of steps.entries()) step(text, now + i);
    machine.tick(state, now + 2 * minute, (one) => out.push(one));
  };
  step('begin', 0, 'first');
  return { machine, state, out, session, step, now: () => now };
}

describe('sessions that are judged', () => {
  it('are told where one lacks what all others have, and gathered under one finding', () => {
    const { session, out } = played();
    for (let i = 0; i < 300; i += 1) session('open', 'pay', 'close');
    expect(out).to.deep.equal([]);
    session('open', 'pay');
    session('open', 'pay');
    const findings = out.filter((one): one is FindingSignal => one.kind === 'finding').map(({ finding }) => finding);
    expect(findings.map(({ state, title }) => `${state} ${title}`)).to.deep.equal(Array(2).fill('firing sessions with no close'));
    expect(findings[0]!.id).to.equal(findings[1]!.id);
    expect(findings[1]!.result).to.deep.include({ unusual: 2, entities: ['o302', 'o301'] });
  });

  it('are counted where they were cut, and stragglers too', () => {
    const { session, state, step, now } = played();
    expect(state.cut).to.equal(0);
    session('open', 'close');
    expect(state.cut).to.equal(1);
    step('late', now() + 1);
    expect(state.stragglers).to.equal(1);
  });

  it('are written where that is asked for', () => {
    const { session, out } = played({ record: 'all' });
    session('open', 'close');
    expect(out.map((one) => one.kind === 'session' && [one.key, one.session.unusual])).to.deep.equal([['o1', false]]);
  });

  it('follow patterns that became another', () => {
    const { machine, state } = played();
    machine.step(state, blipSignal('heir', 300_000, { merged: ['gone'] }));
    expect([...state.aliases]).to.deep.equal([['gone', 'heir']]);
  });

  it('that go on when the input is over were cut by that', () => {
    const { machine, state, step } = played();
    step('open', 20 * minute);
    machine.end(state);
    expect([state.cut, machine.due(state)]).to.deep.equal([2, null]);
  });

  it('are the same after a save and load', () => {
    const { machine, state, session } = played();
    for (let i = 0; i < 5; i += 1) session('open', 'close');
    const saved = machine.save(state);
    expect(machine.save(machine.load(JSON.parse(JSON.stringify(saved))))).to.deep.equal(saved);
  });
});

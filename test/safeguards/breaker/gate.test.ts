import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { gateMachine, gateOptions } from '../../../src/safeguards/breaker/gate.ts';
import type { EventSignal, FindingSignal } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';

const second = 1000;

function gate(options: object = {}) {
  const machine = gateMachine(gateOptions.parse({ failure: { match: 'fail' }, failureThreshold: 2, waitInOpen: '10s', ...options }));
  const state = machine.start('llm');
  const out: (EventSignal | FindingSignal)[] = [];
  const hear = (text: string, time: number, metadata: JsonObject = {}) => {
    const signal = eventSignal(text, time);
    machine.step(state, { ...signal, event: { ...signal.event, metadata } }, (one) => out.push(one as EventSignal));
  };
  const told = () => out.splice(0).map((one) => (one.kind === 'event' ? one.event.text : `${one.finding.state} ${one.finding.title}`));
  return { machine, state, hear, told };
}

describe('a breaker before a stream', () => {
  it('lets events through until too many failed, and holds them back then', () => {
    const { hear, told } = gate();
    for (const [i, text] of ['ok', 'fail 1', 'fail 2', 'held'].entries()) hear(text, i * second);
    expect(told()).to.deep.equal(['ok', 'fail 1', 'fail 2', 'firing breaker open, 2 failures in a row']);
  });

  it('probes with an event that says how it went, and no other', () => {
    const { hear, told } = gate({ success: { match: 'done' } });
    for (const text of ['fail', 'fail']) hear(text, 0);
    told();
    hear('chatter', 11 * second);
    hear('done', 12 * second);
    expect(told().filter((text) => !text.includes('half_open')))
      .to.include('done')
      .and.to.not.include('chatter');
  });

  it('tells one story under one id, from open to closed', () => {
    const { machine, state } = gate();
    const ids: string[] = [];
    const feed = (text: string, time: number) =>
      machine.step(state, eventSignal(text, time), (one) => one.kind === 'finding' && ids.push(`${one.finding.id} ${one.finding.state}`));
    feed('fail', 0);
    feed('fail', 0);
    feed('ok', 11 * second);
    expect(new Set(ids.map((text) => text.split(' ')[0])).size).to.equal(1);
    expect(ids.at(-1)).to.match(/resolved$/);
    expect(state.finding).to.equal(null);
  });

  it('may be dropped only where a new one would be the same', () => {
    const { hear, machine, state } = gate();
    expect(machine.keeps!(state)).to.equal(false);
    hear('ok', 0);
    expect(machine.keeps!(state)).to.equal(false);
    hear('fail', 1);
    expect(machine.keeps!(state)).to.equal(true);
  });

  it('reads the outcome from any field, and how long it took from another', () => {
    const { hear, told } = gate({
      failure: { match: '^5', field: 'metadata.status' },
      duration: 'metadata.ms',
      slowCallRateThreshold: 50,
      slowCallDurationThreshold: '1s',
      minimumCalls: 2,
      failureThreshold: null,
    });
    hear('a', 0, { status: 200, ms: 5000 });
    hear('b', 1, { status: 200, ms: 5000 });
    expect(told().at(-1)).to.match(/^firing breaker open, slow call rate 100 %/);
  });
});

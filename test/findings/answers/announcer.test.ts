import { expect } from 'chai';
import { Announcer } from '../../../src/findings/answers/announcer.ts';
import { toIso } from '../../../src/event.ts';
import type { Finding, Mark } from '../../../src/signal.ts';
import { findingSignal, markSignal } from '../../support/blips.ts';

const mark = (more: Partial<Mark> & Pick<Mark, 'type'>, at = 0): Mark => markSignal({ target: 'f', ...more }, at).mark;
const firing = findingSignal('f', 0).finding;
const resolved: Finding = { ...firing, state: 'resolved' };

describe('an announcer', () => {
  let announcer: Announcer;
  let out: Finding[];
  const emit = ({ finding }: { finding: Finding }) => void out.push(finding);
  const take = (one: Mark, now: number) => announcer.take(one, () => [firing], now, emit);
  /** States and times of what was emitted since the last look. */
  const said = () => out.splice(0).map(({ state, updated }) => `${state} ${Date.parse(updated)}`);

  beforeEach(() => {
    announcer = new Announcer();
    out = [];
  });

  it('hands a finding on as it is where nobody has answered', () => {
    announcer.announce(firing, 5, emit);
    expect(out).to.deep.equal([firing]);
  });

  it('emits an open finding again when it is answered, as of then, and not when the same holds', () => {
    announcer.announce(firing, 0, emit);
    out.length = 0;
    const ack = mark({ type: 'ack' }, 5);
    take(ack, 5);
    expect(said()).to.deep.equal(['acked 5']);
    take(ack, 6);
    announcer.announceChanged([firing], 7, emit);
    expect(said()).to.deep.equal([]);
  });

  it('emits it again when an answer has ended, and knows when to look', () => {
    take(mark({ type: 'silence', until: toIso(50) }), 1);
    expect(announcer.due).to.equal(50);
    out.length = 0;
    announcer.announceChanged([firing], 50, emit);
    expect(out.map(({ result }) => result.silenced_until)).to.deep.equal([undefined]);
    expect(announcer.due).to.equal(null);
  });

  it('emits what a person declared over once, and not again when it is over by itself', () => {
    take(mark({ type: 'resolve' }), 5);
    announcer.announce(resolved, 6, emit);
    expect(said()).to.deep.equal(['resolved 5']);
    announcer.announce(firing, 7, emit);
    expect(out.map(({ state }) => state)).to.deep.equal(['firing']);
  });

  it('names the change before a finding, once it is known', () => {
    announcer.announce(firing, 0, emit);
    out.length = 0;
    take(mark({ type: 'change', text: 'v2' }), 5);
    expect(out.map(({ result }) => result.change)).to.deep.equal([{ at: toIso(0), text: 'v2' }]);
    expect(announcer.changesWithin(0, 0)).to.have.length(1);
  });

  it('goes on after a restart, and says nothing twice', () => {
    take(mark({ type: 'ack' }), 5);
    take(mark({ type: 'change', text: 'v2' }), 5);
    const saved = JSON.parse(JSON.stringify(announcer.save()));
    out.length = 0;
    announcer = new Announcer();
    announcer.load(saved, 5);
    announcer.announceChanged([firing], 6, emit);
    expect(said()).to.deep.equal([]);
    expect(announcer.save()).to.deep.equal(saved);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { DecisionReducer, type SavedDecisions } from '../../../src/run/decisions/decisionReducer.ts';
import type { Decision } from '../../../src/findings/whyNot/decision.ts';
import type { Signal } from '../../../src/signal.ts';
import { blipSignal, eventOf, findingSignal } from '../../support/blips.ts';

const minute = 60_000;
const begin = Date.parse('2026-03-14T00:00:00Z');

const signals = fc.array(
  fc.record({
    after: fc.nat({ max: 4 * minute }),
    which: fc.nat({ max: 2 }),
    kind: fc.constantFrom('event', 'blip', 'finding', 'rejected'),
  }),
  { maxLength: 60 },
);

/** The signals that were drawn, in their order of time. */
function make(drawn: readonly { after: number; which: number; kind: string }[]): Signal[] {
  let time = begin;
  return drawn.map(({ after, which, kind }): Signal => {
    time += after;
    if (kind === 'event') return eventOf(`g${which}`, time);
    if (kind === 'blip') return blipSignal(`t${which}`, time);
    if (kind === 'finding') return findingSignal(`f${which}`, time, { state: which === 0 ? 'resolved' : 'firing' });
    return {
      kind: 'rejected',
      time,
      key: '',
      rejected: { source: 's', reason: `broken JSON at column ${which}`, place: {}, original: '' },
    };
  });
}

/** Everything that is decided; saved and taken up, as text, in front of those signals. */
function decide(all: readonly Signal[], cuts: ReadonlySet<number>): Decision[] {
  let reducer = new DecisionReducer();
  const decisions: Decision[] = [];
  for (const [i, signal] of all.entries()) {
    if (cuts.has(i)) {
      const saved = JSON.parse(JSON.stringify(reducer.save())) as SavedDecisions;
      reducer = new DecisionReducer();
      reducer.load(saved);
    }
    decisions.push(...(reducer.see(signal) ?? []));
  }
  return [...decisions, ...reducer.flush()];
}

describe('what is decided by what leaves a pipeline', () => {
  it('is the same, saved and taken up anywhere', () => {
    fc.assert(
      fc.property(signals, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (drawn, cuts) => {
        const all = make(drawn);
        expect(decide(all, new Set(cuts))).to.deep.equal(decide(all, new Set()));
      }),
    );
  });

  it('counts each line and each rejected record once', () => {
    fc.assert(
      fc.property(signals, (drawn) => {
        const all = make(drawn);
        const decisions = decide(all, new Set([3, 9]));
        const lines = decisions.reduce((sum, one) => sum + (one.kind === 'group' ? one.lines : 0), 0);
        const refused = decisions.reduce((sum, one) => sum + (one.kind === 'rejected' ? one.count : 0), 0);
        expect([lines, refused]).to.deep.equal(['event', 'rejected'].map((kind) => all.filter((signal) => signal.kind === kind).length));
      }),
    );
  });

  it('tells of a finding again once it has come to something else', () => {
    const reducer = new DecisionReducer();
    const states = ['firing', 'firing', 'resolved'].map((state) => findingSignal('f', begin, { state: state as 'firing' }));
    expect(states.map((signal) => reducer.see(signal)?.length ?? 0)).to.deep.equal([1, 0, 1]);
  });
});

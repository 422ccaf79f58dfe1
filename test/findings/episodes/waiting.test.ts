import { expect } from 'chai';
import { WaitingFindings } from '../../../src/findings/episodes/waiting.ts';
import type { Finding, FindingState } from '../../../src/signal.ts';
import { findingSignal } from '../../support/blips.ts';

const is = (state: FindingState, id = 'f'): Finding => findingSignal(id, 0, { state }).finding;
const states = (findings: readonly Finding[]) => findings.map(({ id, state }) => `${id} ${state}`);

describe('findings that wait for company', () => {
  it('are released when they have waited long enough, first come first', () => {
    const waiting = new WaitingFindings(30);
    expect([waiting.take(is('firing', 'a'), 0), waiting.take(is('firing', 'b'), 10)]).to.deep.equal([[], []]);
    expect(waiting.due).to.equal(30);
    expect(states(waiting.release(29))).to.deep.equal([]);
    expect(states(waiting.release(40))).to.deep.equal(['a firing', 'b firing']);
    expect(waiting.due).to.equal(null);
  });

  it('do not wait anew for a later state, and are released with it', () => {
    const waiting = new WaitingFindings(30);
    waiting.take(is('firing'), 0);
    waiting.take({ ...is('firing'), severity: 'critical' }, 20);
    expect(waiting.release(30).map(({ severity }) => severity)).to.deep.equal(['critical']);
  });

  const cases: [name: string, before: FindingState[], taken: FindingState, out: string[]][] = [
    ['that end while they wait are told with their begin', ['firing'], 'resolved', ['f firing', 'f resolved']],
    ['that go back to pending are told with their begin', ['firing'], 'pending', ['f firing', 'f pending']],
    ['that a person answers wait no longer', ['firing'], 'acked', ['f acked']],
    ['that were answered are told at once from then on', ['acked'], 'firing', ['f firing']],
    ['that only end are told at once', [], 'resolved', ['f resolved']],
  ];
  for (const [name, before, taken, out] of cases)
    it(name, () => {
      const waiting = new WaitingFindings(30);
      for (const state of before) waiting.take(is(state), 0);
      expect(states(waiting.take(is(taken), 1))).to.deep.equal(out);
    });

  it('wait for nothing where there is no wait', () => {
    expect(states(new WaitingFindings(0).take(is('firing'), 0))).to.deep.equal(['f firing']);
  });

  it('go on waiting after a restart, and what was told is told at once', () => {
    const waiting = new WaitingFindings(30);
    waiting.take(is('firing', 'a'), 0);
    waiting.release(30);
    waiting.take(is('firing', 'b'), 40);
    const restored = new WaitingFindings(30);
    restored.load(structuredClone(waiting.save()));
    expect(states(restored.take(is('firing', 'a'), 50))).to.deep.equal(['a firing']);
    expect(restored.due).to.equal(70);
  });
});

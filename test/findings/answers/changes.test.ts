import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { Changes } from '../../../src/findings/answers/changes.ts';
import { findingSignal, markSignal } from '../../support/blips.ts';
import type { FindingChanges } from '../../support/findings.ts';

const hour = 3_600_000;

function changesAt(...hours: number[]): Changes {
  const changes = new Changes();
  for (const at of hours) changes.take(markSignal({ type: 'change', at: toIso(at * hour), text: `v${at}` }, 0).mark);
  return changes;
}
const began = (hours: number, more: FindingChanges = {}) => findingSignal('f', hours * hour, more).finding;

describe('changes', () => {
  it('are in order of their time, however they became known, and each once', () => {
    const all = changesAt(3, 1, 2, 3);
    expect(all.within(0, 9 * hour).map(({ text }) => text)).to.deep.equal(['v1', 'v2', 'v3']);
    expect(all.within(hour, 2 * hour).map(({ text }) => text)).to.deep.equal(['v1', 'v2']);
  });

  it('explain what began up to an hour after them: the last of them does', () => {
    const all = changesAt(1, 1.5, 9);
    expect(all.before(began(2))).to.deep.equal({ at: toIso(1.5 * hour), text: 'v1.5' });
    expect(all.before(began(2.5))).to.include({ text: 'v1.5' });
    expect(all.before(began(2.6))).to.equal(null);
    expect(all.before(began(0.9))).to.equal(null);
  });

  it('explain a budget for a day, since money goes slowly, and an episode by its own list', () => {
    expect(changesAt(1).before(began(24, { type: 'budget' }))).to.include({ text: 'v1' });
    expect(changesAt(1).before(began(1, { type: 'episode' }))).to.equal(null);
  });

  it('are kept up to 64, the oldest go first, and come back as they were saved', () => {
    const all = changesAt(...Array.from({ length: 70 }, (_, i) => i));
    const restored = new Changes();
    restored.load(all.save());
    for (const one of [all, restored]) {
      expect(one.within(0, 99 * hour)).to.have.length(64);
      expect(one.within(0, 99 * hour)[0]).to.include({ text: 'v6' });
    }
  });
});

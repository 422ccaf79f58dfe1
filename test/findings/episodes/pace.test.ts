import { expect } from 'chai';
import fc from 'fast-check';
import { isByChance, noteBeginning, noteLearned, noteTogether, startPace } from '../../../src/findings/episodes/pace.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A pace at which something began every so many minutes for some hours. */
function paced(every: number, hours: number, note = noteBeginning) {
  const pace = startPace();
  for (let at = hour; at < hour + hours * hour; at += every * minute) note(pace, at);
  return pace;
}

describe('things that begin together', () => {
  it('are no chance where nothing began before them', () => {
    expect(isByChance(startPace(), { many: 2, spread: 10 * minute, now: hour })).to.equal(false);
  });

  it('are chance where something begins every few minutes, and are not when there are many of them', () => {
    const now = 49 * hour;
    expect([2, 3, 8].map((many) => isByChance(paced(20, 48), { many, spread: 5 * minute, now }))).to.deep.equal([true, true, false]);
  });

  it('are chance for a while after much was learned, and not a day later', () => {
    const at = (now: number) => isByChance(paced(1, 0.5, noteLearned), { many: 2, spread: 5 * minute, now });
    expect([at(1.6 * hour), at(26 * hour)]).to.deep.equal([true, false]);
  });

  it('are no chance where a handful was learned before them', () => {
    const pace = startPace();
    for (let i = 0; i < 5; i += 1) noteLearned(pace, hour + i * minute);
    for (let i = 0; i < 3; i += 1) noteBeginning(pace, 1.4 * hour + i * 2 * minute);
    expect(isByChance(pace, { many: 3, spread: 4 * minute, now: 1.5 * hour })).to.equal(false);
  });

  it('count once: what they were is no pace', () => {
    const pace = startPace();
    for (let day = 0; day < 3; day++) {
      for (let i = 0; i < 20; i++) noteBeginning(pace, day * 24 * hour + i * 1000);
      noteTogether(pace, 20);
    }
    expect(isByChance(pace, { many: 2, spread: 5 * minute, now: 73 * hour })).to.equal(false);
  });

  it('are the less by chance the more there are and the nearer (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 2, max: 20 }), fc.nat(20), (every, many, minutes) => {
        const ask = (n: number, spread: number) => isByChance(paced(every, 30), { many: n, spread: spread * minute, now: 32 * hour });
        if (!ask(many, minutes)) expect([ask(many + 1, minutes), ask(many, minutes / 2)]).to.deep.equal([false, false]);
      }),
    );
  });
});

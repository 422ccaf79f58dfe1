import { expect } from 'chai';
import { canBeMissed, judge } from '../../../src/memory/judge/judge.ts';
import { WINDOW, cellOf, inWindow, patternWith } from '../../support/memory/patterns.ts';

describe('the judgement of a pattern', () => {
  it('calls it new for two windows more where its first sight was news', () => {
    const fresh = patternWith([]);
    expect([0, 1, 2, 3].map((index) => judge(fresh, cellOf(3, index), inWindow(index)).state === 'new')).to.deep.equal([
      true,
      true,
      true,
      false,
    ]);
    fresh.novelty = 1;
    expect(judge(fresh, cellOf(3, 1), inWindow(1)).state).to.not.equal('new');
  });

  it('counts the severity of known trouble for a fifth, and in full again when it rises', () => {
    const known = patternWith(Array<number>(50).fill(20));
    const calm = judge(known, cellOf(20, 50, 4), inWindow(50)).bits.severity;
    const loud = judge(known, cellOf(200, 50, 4), inWindow(50)).bits.severity;
    expect(calm).to.be.closeTo(loud / 5, 1e-9);
  });

  it('misses nothing while the window is open', () => {
    const known = patternWith(Array<number>(50).fill(50));
    expect(judge(known, cellOf(2, 50), inWindow(50)).state).to.equal('falling');
    expect(judge(known, cellOf(2, 50), inWindow(50, { open: true, exposure: 0.1 })).state).to.equal('steady');
  });

  it('holds too little only against the part of the window that was watched', () => {
    const known = patternWith(Array<number>(50).fill(50));
    expect(judge(known, cellOf(5, 50), inWindow(50, { exposure: 0.1 }))).to.include({ state: 'steady', usual: 5 });
  });

  it('spares only absences that could not be told', () => {
    for (const each of [0.2, 1, 2, 4, 5, 8, 50]) {
      const pattern = patternWith(Array.from({ length: 200 }, (_, i) => Math.floor((i + 1) * each) - Math.floor(i * each)));
      if (!canBeMissed(pattern, 201 * WINDOW)) expect(judge(pattern, null, inWindow(200)).state, `${each}`).to.equal('steady');
    }
    expect(canBeMissed(patternWith(Array<number>(50).fill(50)), 51 * WINDOW)).to.equal(true);
  });

  it('gives what stopped no severity', () => {
    const known = patternWith(Array<number>(50).fill(50));
    known.level = 4;
    expect(judge(known, null, inWindow(50))).to.deep.include({ state: 'gone', level: 'ERROR' });
    expect(judge(known, null, inWindow(50)).bits.severity).to.equal(0);
  });
});

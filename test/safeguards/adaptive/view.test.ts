import { expect } from 'chai';
import fc from 'fast-check';
import { View, type ViewState } from '../../../src/safeguards/adaptive/view.ts';

const play = (view: View, values: readonly number[]): number[] => values.map((value) => view.score(value));
const saw = (many: number) => Array.from({ length: many }, (_, i) => 100 + ((i * 37) % 11));

describe('how new one view of a series is', () => {
  it('is nothing of what is as ever, and most of what never was', () => {
    const view = new View(2016);
    const calm = play(view, saw(400)).slice(-50);
    const jump = view.score(5000);
    expect(jump).to.be.above(Math.max(...calm) + 1);
    expect(view.loudest).to.be.above(0);
  });

  it('does not take a level for new that lies within a twentieth of one seen before', () => {
    const [near, far] = [new View(2016), new View(2016)];
    for (const view of [near, far]) play(view, [...saw(400), 1000, ...saw(60)]);
    expect(near.score(1040)).to.be.below(far.score(2000));
  });

  it('keeps the newest 32 values of its means', () => {
    const view = new View(2016);
    play(view, saw(100));
    const { means, points } = view.save();
    expect([points, means.map(({ length }) => length)]).to.deep.equal([100, [32, 32, 32]]);
    expect(means[0]!.at(-1)).to.equal(saw(100).at(-1));
  });

  it('goes on from its JSON as if never stopped (property)', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 60 });
    fc.assert(
      fc.property(values, values, (before, after) => {
        const view = new View(100);
        play(view, before);
        const loaded = new View(100, JSON.parse(JSON.stringify(view.save())) as ViewState);
        expect(play(loaded, after)).to.deep.equal(play(view, after));
      }),
      { numRuns: 30 },
    );
  });
});

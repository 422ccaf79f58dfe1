import { expect } from 'chai';
import { placeDots } from '../../../../src/web/page/pages/placeDots.ts';

describe('placeDots', () => {
  const members = (...all: [topic_id: string, offset_ms: number][]) => all.map(([topic_id, offset_ms]) => ({ topic_id, offset_ms }));

  it('a dot stands where its pattern moved first, in the scale of the longest', () => {
    const dots = placeDots({ id: 'e', members: members(['a', 0], ['b', 50], ['c', 100]) }, new Set(['a', 'b', 'c']), 200);
    expect(dots.map(({ at }) => at)).to.deep.equal([0, 25, 50]);
  });

  it('names stand above, below where there is no room above, and nowhere where there is none', () => {
    const dots = placeDots({ id: 'e', members: members(['a', 0], ['b', 5], ['c', 10], ['d', 60]) }, new Set(['a', 'b', 'c', 'd']), 100);
    expect(dots.map(({ side }) => side)).to.deep.equal(['above', 'below', null, 'above']);
  });

  it('what this episode lacks is a dot without a name', () => {
    const dots = placeDots({ id: 'e', members: members(['x', 0], ['a', 0]) }, new Set(['a']), 100);
    expect(dots.map(({ topic, shared, side }) => [topic, shared, side])).to.deep.equal([
      ['x', false, null],
      ['a', true, 'above'],
    ]);
  });

  it('what all moved at once stands at the beginning', () => {
    expect(placeDots({ id: 'e', members: members(['a', 0], ['b', 0]) }, new Set(['a', 'b']), 0).map(({ at }) => at)).to.deep.equal([0, 0]);
  });
});

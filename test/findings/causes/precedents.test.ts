import { expect } from 'chai';
import { listBeginnings, Precedents, type Beginnings } from '../../../src/findings/causes/precedents.ts';

const past: Beginnings[] = [
  [
    ['a', 0],
    ['b', 60_000],
  ],
  [
    ['a', 0],
    ['b', 20_000],
    ['c', 30_000],
  ],
  [
    ['b', 0],
    ['a', 10_000],
  ],
  [['a', 0]],
  [
    ['a', 0],
    ['b', 0],
  ],
];

describe('precedents', () => {
  it('are the first movement of each group, by its distance from the start', () => {
    const members = [
      { group: 'b', at: 1500 },
      { group: 'a', at: 1000 },
      { group: 'b', at: 1200 },
    ];
    expect(listBeginnings(members)).to.deep.equal([
      ['a', 0],
      ['b', 200],
    ]);
    expect(listBeginnings(Array.from({ length: 40 }, (_, at) => ({ group: `g${at}`, at })))).to.have.length(16);
  });

  const precedents = (...groups: string[]) => new Precedents(past, new Set(groups));

  it('count how often one led another where both moved, and by how much', () => {
    expect(precedents('a', 'b').lead('a', 'b')).to.deep.equal({ in: 2.5, of: 4, earlier: 60_000 });
    expect(precedents('a', 'b').lead('b', 'a')).to.include({ in: 1.5, of: 4 });
    expect(precedents('a', 'z').lead('a', 'z')).to.deep.equal({ in: 0, of: 0, earlier: 0 });
  });

  it('count how often one was the first of those that move now', () => {
    expect(precedents('a', 'b').first('a')).to.deep.equal({ in: 3, of: 4 });
    expect(precedents('c', 'b').first('c')).to.deep.equal({ in: 0, of: 1 });
    expect(precedents('a').first('a')).to.deep.equal({ in: 0, of: 0 });
  });
});

import { expect } from 'chai';
import { countFirst, countLead, listBeginnings, type Beginnings } from '../../../src/findings/causes/precedents.ts';

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

  it('count how often one led another where both moved, and by how much', () => {
    expect(countLead(past, 'a', 'b')).to.deep.equal({ in: 2.5, of: 4, earlier: 60_000 });
    expect(countLead(past, 'b', 'a')).to.include({ in: 1.5, of: 4 });
    expect(countLead(past, 'a', 'z')).to.deep.equal({ in: 0, of: 0, earlier: 0 });
  });

  it('count how often one was the first of those that move now', () => {
    expect(countFirst(past, 'a', new Set(['b']))).to.deep.equal({ in: 3, of: 4 });
    expect(countFirst(past, 'c', new Set(['b']))).to.deep.equal({ in: 0, of: 1 });
    expect(countFirst(past, 'a', new Set())).to.deep.equal({ in: 0, of: 0 });
  });
});

import { expect } from 'chai';
import { Floods } from '../../../../src/findings/rules/falseAlarms/floods.ts';

const minute = 60_000;

describe('a flood of errors', () => {
  it('is told one by one up to five of a group in an hour, and thirty of all groups', () => {
    const floods = new Floods();
    expect([1, 2, 3, 4, 5, 6].map((n) => floods.takeOne('a', n * minute))).to.deep.equal([true, true, true, true, true, false]);
    expect(floods.takeOne('b', 7 * minute)).to.equal(true);
    expect(floods.takeOne('a', 61 * minute)).to.equal(true);
    const many = new Floods();
    const told = Array.from({ length: 40 }, (_, n) => many.takeOne(`g${n}`, n));
    expect(told.filter(Boolean)).to.have.lengthOf(30);
  });

  it('goes on from its state', () => {
    const floods = new Floods();
    for (let n = 0; n < 5; n++) floods.takeOne('a', n);
    const again = new Floods();
    again.load(JSON.parse(JSON.stringify(floods.save())));
    expect(again.takeOne('a', 10)).to.equal(false);
  });
});

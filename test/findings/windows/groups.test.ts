import { expect } from 'chai';
import fc from 'fast-check';
import {
  groupIn,
  hadData,
  countEvent,
  isBlind,
  isRegular,
  startGroup,
  usualGap,
  type Group,
} from '../../../src/findings/windows/groups.ts';

const width = 60;

/** A group with data in the windows of these numbers. */
function withData(...numbers: readonly number[]): Group {
  const group = startGroup();
  for (const number of numbers) hadData(group, number * width, width);
  return group;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('the gap between events of a group', () => {
  it('is the mean, and not known before the fourth event', () => {
    const group = startGroup();
    for (const time of [0, 10, 30]) countEvent(group, time);
    expect(usualGap(group)).to.equal(null);
    countEvent(group, 60);
    expect(usualGap(group)).to.equal(20);
  });

  it('is not known of events that all came at once', () => {
    const group = startGroup();
    for (let i = 0; i < 9; i += 1) countEvent(group, 5);
    expect(usualGap(group)).to.equal(null);
  });

  it('is not moved back by an event out of order', () => {
    const group = startGroup();
    for (const time of [0, 10, 20, 30, 3]) countEvent(group, time);
    expect(group).to.include({ last: 30, events: 5 });
  });

  it('stays what it is however long events go on, and becomes what they come to be', () => {
    const group = startGroup();
    for (let i = 0; i < 10_000; i += 1) countEvent(group, i * 10);
    expect(usualGap(group)).to.be.closeTo(10, 0.1);
    expect(group.events).to.be.below(2048);
    for (let i = 0; i < 10_000; i += 1) countEvent(group, 100_000 + i * 50);
    expect(usualGap(group)).to.be.closeTo(50, 5);
  });
});

describe('the windows of a group', () => {
  const cases: [name: string, group: Group, regular: boolean][] = [
    ['data in each of six', withData(...range(1, 7)), true],
    ['data in each of five: too few to know', withData(...range(1, 6)), false],
    ['data in four of five', withData(1, 2, 3, 4, 6, 7, 8, 9, 11, 12), true],
    ['data in three of four', withData(1, 2, 3, 5, 6, 7, 9, 10, 11, 13), false],
    ['no data', startGroup(), false],
  ];
  for (const [name, group, regular] of cases)
    it(`${regular ? 'are regular' : 'are not regular'} with ${name}`, () => {
      expect(isRegular(group, width)).to.equal(regular);
    });

  it('leave a regular group blind in a window without data, and no other', () => {
    expect(isBlind(withData(...range(1, 10)), 10 * width, width)).to.equal(true);
    expect(isBlind(withData(...range(1, 10)), 9 * width, width)).to.equal(false);
    expect(isBlind(withData(1, 5, 9), 10 * width, width)).to.equal(false);
  });

  it('count once, in whatever order they are told again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), (numbers) => {
        const once = withData(...[...new Set(numbers)].sort((a, b) => a - b));
        const sorted = numbers.toSorted((a, b) => a - b);
        expect(withData(...sorted, ...sorted)).to.deep.equal(once);
      }),
    );
  });
});

describe('the groups that are remembered', () => {
  it('are forgotten a tenth at a time, those without data for longest, when there are too many', () => {
    const groups = new Map<string, Group>();
    for (let i = 0; i < 20; i += 1) hadData(groupIn(groups, `g${i}`, 20), (20 - i) * width, width);
    groupIn(groups, 'g0', 20);
    expect(groups.size).to.equal(20);
    groupIn(groups, 'new', 20);
    expect(groups.size).to.equal(19);
    expect([...groups.keys()]).to.not.include.members(['g18', 'g19']);
    expect(groups.has('g17')).to.equal(true);
  });
});

import { expect } from 'chai';
import { idHash, loadTails, Tail } from '../../../src/sources/cloudwatch/tail.ts';

const minute = 60_000;
const thousand = 1000;

describe('the tail of a log group', () => {
  it('reads the overlap again and remembers only what lies in it', () => {
    const tail = new Tail('/pay', 0);
    tail.handedOn('old', 4 * minute);
    tail.handedOn('young', 8 * minute);
    tail.passed(10 * minute, 10 * minute, 5 * minute, thousand);
    expect(tail.position()).to.deep.equal({
      group: '/pay',
      frontier: 10 * minute,
      next: 5 * minute,
      ids: ['young'],
      times: [8 * minute],
    });
    expect([tail.has('old'), tail.has('young')]).to.deep.equal([false, true]);
  });

  it('reads nothing again that is older than the overlap', () => {
    const tail = new Tail('/pay', 0);
    tail.passed(10 * minute, 60 * minute, 5 * minute, thousand);
    expect([tail.frontier, tail.next]).to.deep.equal([10 * minute, 10 * minute]);
  });

  it('never goes back', () => {
    const tail = new Tail('/pay', 30 * minute);
    tail.passed(10 * minute, 10 * minute, 5 * minute, thousand);
    expect([tail.frontier, tail.next]).to.deep.equal([30 * minute, 30 * minute]);
  });

  it('shortens the overlap where it holds more ids than it may remember', () => {
    const tail = new Tail('/pay', 0);
    for (const time of [6, 7, 8, 9]) tail.handedOn(`at ${time}`, time * minute);
    tail.passed(10 * minute, 10 * minute, 5 * minute, 2);
    expect(tail.next).to.equal(7 * minute + 1);
    expect(tail.position().ids).to.deep.equal(['at 8', 'at 9']);
  });

  it('goes on from its position as it stood, and a position that was taken does not change', () => {
    const tail = new Tail('/pay', 0);
    tail.handedOn('a', 8 * minute);
    tail.passed(10 * minute, 10 * minute, 5 * minute, thousand);
    const taken = tail.position();
    const before = JSON.stringify(taken);
    const [again] = loadTails({ groups: [JSON.parse(before)] });
    expect(again!.position()).to.deep.equal(taken);
    tail.handedOn('b', 9 * minute);
    expect(JSON.stringify(taken)).to.equal(before);
    expect(tail.position().ids).to.deep.equal(['a', 'b']);
  });

  for (const [what, saved] of [
    ['none', null],
    ['a number', 5],
    ['a list', [{ groups: [] }]],
    ['a record of something else', { offset: 3 }],
    ['groups that are no list', { groups: { '/pay': 3 } }],
    ['a group that is no record', { groups: [null, 'x', []] }],
    ['a group without ids', { groups: [{ group: '/pay', frontier: 1, next: 1, times: [] }] }],
    ['a group whose time is a word', { groups: [{ group: '/pay', frontier: '1', next: 1, ids: [], times: [] }] }],
  ] as const) {
    it(`begins anew at a saved position that is ${what}`, () => {
      expect(loadTails(saved as never)).to.deep.equal([]);
    });
  }

  it('keeps the groups of a position that can be read, beside one that cannot', () => {
    const good = { group: '/pay', frontier: 2, next: 1, ids: [], times: [] };
    expect(loadTails({ groups: [7, good] }).map(({ group, frontier, next }) => ({ group, frontier, next }))).to.deep.equal([
      { group: '/pay', frontier: 2, next: 1 },
    ]);
  });

  it('remembers an id by 16 characters that differ where the ids differ', () => {
    const [one, other] = [idHash('1'.repeat(56)), idHash('2'.repeat(56))];
    expect(one).to.have.lengthOf(16).and.not.equal(other);
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { findStart, nameKey, readKey, readPlace, writePlace } from '../src/place.ts';

describe('where a source of kafka stands', () => {
  it('goes through JSON, and nothing else is taken for it', () => {
    const place = { owner: 'a', next: new Map([['logs/0', 12]]) };
    expect(readPlace(JSON.parse(JSON.stringify(writePlace(place))))).to.deep.equal(place);
    for (const other of [null, 'x', [], {}, { owner: 'a' }, { owner: 1, next: {} }, { owner: 'a', next: [] }])
      expect(readPlace(other as never)).to.equal(null);
  });

  it('names partitions by topic and number', () => {
    expect(readKey(nameKey('logs.prod-1', 12))).to.deep.equal({ topic: 'logs.prod-1', partition: 12 });
  });

  const cases: [string, number | null, { offset: number; owner: string | null } | null, number | null, number | null][] = [
    ['nothing known: the oldest', null, null, null, null],
    ['nothing known, and only what is new is wanted', null, null, 70, 70],
    ['state gone: where the group stands', null, { offset: 40, owner: 'x' }, 70, 40],
    ['nothing committed: the checkpoint', 30, null, 70, 30],
    ['an older checkpoint of ours', 30, { offset: 40, owner: 'me' }, 70, 30],
    ['another process had it, and is further', 30, { offset: 40, owner: 'x' }, 70, 40],
    ['another process had it before us', 50, { offset: 40, owner: null }, 70, 50],
  ];
  for (const [title, own, committed, otherwise, start] of cases)
    it(`${title}: ${start}`, () => expect(findStart(own, committed, 'me', otherwise)).to.equal(start));

  it('is never behind a checkpoint and never before it, but where somebody else has gone on', () => {
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.record({ offset: fc.nat(), owner: fc.constantFrom('me', 'x', null) })), (own, committed) => {
        const start = findStart(own, committed, 'me', null)!;
        return start === own || (committed?.owner !== 'me' && start === committed?.offset && start > own);
      }),
    );
  });
});

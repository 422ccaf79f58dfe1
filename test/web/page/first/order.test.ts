import { expect } from 'chai';
import fc from 'fast-check';
import type { BlipView, GroupView } from '../../../../src/web/client.ts';
import { difference, keepOrder, nextPattern, type Row } from '../../../../src/web/page/first/order.ts';
import { partly } from '../../../support/typed.ts';

const rows = (keys: string): Row[] => [...keys].map((key) => ({ kind: 'quiet', key, group: partly<GroupView>({}), finding: null }));
const keys = (all: readonly Row[]) => all.map(({ key }) => key).join('');

describe('the order of rows', () => {
  const cases: [what: string, shown: string, wanted: string, held: boolean, got: string][] = [
    ['while it is held nothing comes, goes or moves', 'abc', 'cxa', true, 'abc'],
    ['between closes what is new comes in behind its neighbour', 'abc', 'axbc', false, 'axbc'],
    ['what is new and first comes first', 'abc', 'xabc', false, 'xabc'],
    ['what stays does not move', 'abc', 'cbax', false, 'axbc'],
    ['what is gone goes', 'abc', 'ac', false, 'ac'],
  ];
  for (const [what, shown, wanted, held, got] of cases)
    it(what, () => expect(keys(keepOrder(rows(shown), rows(wanted), held))).to.equal(got));

  it('keeps the order of those that stay, and shows all that is wanted (property)', () => {
    const some = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, (shown, wanted) => {
        const got = keys(keepOrder(rows(shown.join('')), rows(wanted.join('')), false));
        expect([...got].sort()).to.deep.equal([...wanted].sort());
        const stay = shown.filter((key) => wanted.includes(key));
        expect([...got].filter((key) => stay.includes(key))).to.deep.equal(stay);
      }),
    );
  });

  it('counts what would move and what is new', () => {
    expect(difference(['a', 'b', 'c'], ['c', 'b', 'a', 'x'])).to.deep.equal({ moved: 2, fresh: 1 });
    expect(difference(['a', 'b'], ['a', 'b'])).to.deep.equal({ moved: 0, fresh: 0 });
  });

  it('leads from pattern to pattern, over what is none, and to nowhere beyond the ends', () => {
    const row = (topic_id: string, volume?: number): Row => ({ kind: 'row', key: topic_id, blip: partly<BlipView>({ topic_id, volume }) });
    const table = { blocks: [], rows: [row('aaaa1'), row('group', 2), ...rows('q'), row('bbbb2')] };
    expect([nextPattern(table, 'aaaa', 1), nextPattern(table, 'bbbb2', -1)]).to.deep.equal(['bbbb2', 'aaaa1']);
    expect([nextPattern(table, 'bbbb', 1), nextPattern(table, 'aaaa', -1), nextPattern(table, 'zz', -1)]).to.deep.equal(
      Array.from({ length: 3 }, () => undefined),
    );
    expect(nextPattern(table, 'zz', 1)).to.equal('aaaa1');
  });
});

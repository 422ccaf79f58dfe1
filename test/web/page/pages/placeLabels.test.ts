import { expect } from 'chai';
import fc from 'fast-check';
import { placeLabels } from '../../../../src/web/page/pages/placeLabels.ts';

describe('placeLabels', () => {
  it('a label stands right of its place, left of it where there is no room, in the next row where another stands', () => {
    const labels = placeLabels([
      { at: 100, text: '+0:00 begins' },
      { at: 120, text: '+0:20 pager' },
      { at: 130, text: '+0:30 note' },
      { at: 990, text: 'now +9:08' },
    ]);
    expect(labels).to.deep.equal([
      { anchor: 'start', row: 0 },
      { anchor: 'start', row: 1 },
      { anchor: 'start', row: null },
      { anchor: 'end', row: 0 },
    ]);
  });

  it('none stands on another (property)', () => {
    const some = fc.array(fc.record({ at: fc.integer({ min: 0, max: 1000 }), text: fc.string({ maxLength: 20 }) }), { maxLength: 8 });
    fc.assert(
      fc.property(some, (all) => {
        const boxes = placeLabels(all).flatMap(({ anchor, row }, i) => {
          const wide = (all[i]!.text.length + 1) * 9;
          const { at } = all[i]!;
          return row === null ? [] : [{ row, from: anchor === 'start' ? at : at - wide, to: anchor === 'start' ? at + wide : at }];
        });
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) expect(a.row !== b.row || a.to <= b.from || b.to <= a.from).to.equal(true);
        });
      }),
    );
  });
});

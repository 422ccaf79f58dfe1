import { expect } from 'chai';
import { openNumbers, settleOrder, settleOrders, type Numbers } from '../../../src/formats/time/dateOrder.ts';

const file = Date.UTC(2024, 5, 20);

describe('the order of dates in three numbers', () => {
  const cases: [what: string, kind: 'long' | 'short', dates: Numbers[], reference: number | undefined, order: string | null][] = [
    [
      'a thirteenth month decides',
      'long',
      [
        [3, 6, 2024],
        [13, 6, 2024],
      ],
      undefined,
      'dmy',
    ],
    ['in either place', 'long', [[6, 13, 2024]], undefined, 'mdy'],
    ['a day behind the file is none', 'long', [[6, 12, 2024]], file, 'mdy'],
    [
      'steps back speak against it',
      'long',
      [
        [3, 6, 2024],
        [4, 6, 2024],
        [5, 6, 2024],
        [1, 7, 2024],
      ],
      undefined,
      'dmy',
    ],
    [
      'a file that is written backwards steps back all the time',
      'long',
      [
        [1, 7, 2024],
        [5, 6, 2024],
        [4, 6, 2024],
      ],
      undefined,
      'dmy',
    ],
    [
      'days that lie close together are the likelier',
      'long',
      [
        [1, 6, 2024],
        [2, 6, 2024],
        [3, 6, 2024],
      ],
      undefined,
      'dmy',
    ],
    ['one date that may be either leaves it open', 'long', [[3, 6, 2024]], undefined, null],
    ['no date leaves it open', 'long', [], file, null],
    ['of two digits the year may be in front', 'short', [[24, 6, 3]], file, 'ymd'],
    ['or at the end', 'short', [[31, 5, 24]], file, 'dmy'],
    ['without a file several may do', 'short', [[3, 6, 5]], undefined, null],
    ['of equals the latest that is not behind the file', 'short', [[6, 3, 24]], file, 'mdy'],
  ];
  for (const [what, kind, dates, reference, order] of cases) it(what, () => expect(settleOrder(kind, dates, reference)).to.equal(order));

  it('is settled for long and for short years by their own dates', () => {
    expect(settleOrders(['13/06/2024 x', '24/06/03', 'soon', '[14.06.2024]'], file)).to.deep.equal({ long: 'dmy', short: 'ymd' });
    expect(settleOrders(['soon'], file)).to.deep.equal({ long: null, short: null });
  });

  it('is read off the beginning of a text, behind a bracket or not', () => {
    expect(['3/6/2024 x', '[03.06.24]', '3-6-202', '1.2.3.4', 'x 3/6/2024', '3/6/20245'].map(openNumbers)).to.deep.equal([
      [3, 6, 2024],
      [3, 6, 24],
      null,
      null,
      null,
      null,
    ]);
  });
});

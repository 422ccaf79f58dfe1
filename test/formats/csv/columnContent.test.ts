import { expect } from 'chai';
import { describeColumns, isStamp, type ColumnContent } from '../../../src/formats/csv/columnContent.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';

const clock = () => new StampClock({ timeZone: 'UTC', dayFirst: false }, Date.UTC(2024, 5, 10));
const column = (cells: readonly string[]): ColumnContent =>
  describeColumns(
    1,
    cells.map((cell) => [cell]),
    clock(),
  )[0]!;

describe('what a column looks like', () => {
  const kinds: [kind: keyof ColumnContent, yes: string[], no: string[]][] = [
    ['stamps', ['2024-06-03T10:00:00Z', '03/Jun/2024:10:00:00 +0000'], ['2024-06-03', '10:00:00', '1717408800']],
    ['epochs', ['1717408800', '1717408800123', '1717408800.5'], ['17174088', '12345678901234567890', 'x1717408800']],
    ['days', ['2024-06-03', '03.06.2024'], ['10:00:00', '20240603']],
    ['clocks', ['10:00:00', '9.30', '10:00 PM'], ['10', '2024-06-03']],
    ['levels', ['ERROR', 'warning', 'Fehler'], ['up', '3', 'pump is dry']],
    ['digits', ['3', '60'], ['300', 'x']],
    ['names', ['auth-service', 'a.b.C'], ['1st', 'x'.repeat(65)]],
    ['phrases', ['pump is dry'], ['pump', ' pump ']],
  ];
  for (const [kind, yes, no] of kinds) {
    it(`is told of ${kind}`, () => {
      for (const cell of yes) expect(column([cell])[kind], cell).to.equal(1);
      for (const cell of no) expect(column([cell])[kind], cell).to.equal(0);
    });
  }

  it('counts its shares among what is filled', () => {
    expect(column(['ERROR', '', ' ', 'soon'])).to.include({ filled: 0.5, levels: 0.5, distinct: 2, length: 9 / 4 });
    expect(column(['', ''])).to.include({ filled: 0, levels: 0, length: 0 });
    expect(describeColumns(1, [], clock())[0]).to.include({ filled: 0, distinct: 0, length: 0 });
  });

  it('takes a row that is too short as empty at its end, and no more than the width of one too long', () => {
    expect(describeColumns(2, [['a'], ['b', 'c', 'd']], clock()).map(({ filled }) => filled)).to.deep.equal([1, 0.5]);
  });

  it('takes counts since 1970 as times between 1990 and 2100 only', () => {
    expect([column(['631151999']), column(['631152000']), column(['4102444800'])].map(({ epochs }) => epochs)).to.deep.equal([0, 1, 0]);
  });

  it('takes no number and no time of day for a stamp', () => {
    expect(['1717408800', '10:00:00', '2024-06-03', 'soon'].map((cell) => isStamp(cell, clock()))).to.deep.equal([
      false,
      false,
      true,
      false,
    ]);
  });
});

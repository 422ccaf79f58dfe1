import { expect } from 'chai';
import fc from 'fast-check';
import { changedLines } from '../../../src/cli/live/changedLines.ts';

/** A terminal that knows as much as is used: places, erasing to the end of a line, clearing. */
class Grid {
  readonly #rows: string[][];
  readonly #columns: number;
  constructor(rows: number, columns: number) {
    this.#columns = columns;
    this.#rows = Array.from({ length: rows }, () => Array<string>(columns).fill('?'));
  }

  take(text: string): void {
    let [row, column] = [0, 0];
    for (const [part, place, erases, clears] of text.matchAll(/\u001b\[(?:(\d+);1H|(K)|(2J))|[^]/g)) {
      if (place !== undefined) [row, column] = [Number(place) - 1, 0];
      // A cursor behind the last column stands on it.
      else if (erases) this.#rows[row]!.fill(' ', Math.min(column, this.#columns - 1));
      else if (clears) for (const line of this.#rows) line.fill(' ');
      else this.#rows[row]![column++] = part;
    }
  }

  get lines(): string[] {
    return this.#rows.map((line) => line.join('').trimEnd());
  }
}

const columns = 6;
const screen = fc.array(
  fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: columns }).map((letters) => letters.join('').trimEnd()),
  { minLength: 5, maxLength: 5 },
);

describe('what changes on a screen', () => {
  it('makes any screen out of any other', () => {
    fc.assert(
      fc.property(screen, screen, (before, after) => {
        const grid = new Grid(5, columns);
        grid.take(changedLines(null, before, columns));
        expect(grid.lines).to.deep.equal(before);
        grid.take(changedLines(before, after, columns));
        expect(grid.lines).to.deep.equal(after);
      }),
    );
  });

  it('is nothing where nothing has changed, and the one line that has', () => {
    expect(changedLines(['a', 'b'], ['a', 'b'], 80)).to.equal('');
    expect(changedLines(['a', 'b'], ['a', 'c'], 80)).to.equal('\u001b[2;1Hc\u001b[K');
  });

  it('empties the lines that a smaller screen has no more', () => {
    expect(changedLines(['a', 'b'], ['a'], 80)).to.equal('\u001b[2;1H\u001b[K');
  });
});

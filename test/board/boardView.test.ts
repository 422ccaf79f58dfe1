import { expect } from 'chai';
import { startBoard } from '../../src/board/board.ts';
import { boardView } from '../../src/board/boardView.ts';
import { findingSignal, width } from '../support/blips.ts';
import { boardOf, disk, quiet, radarOf, talks, view } from './boards.ts';

describe('boardView', () => {
  it('is the shape of every board, whatever is on it', () => {
    for (const board of [startBoard(), boardOf(...talks('g', 3), radarOf(3, [disk(3).blip]), quiet('g', 3 * width), findingSignal('f', 1))])
      expect(boardView.safeParse(JSON.parse(JSON.stringify(view(board)))).error).to.equal(undefined);
  });
});

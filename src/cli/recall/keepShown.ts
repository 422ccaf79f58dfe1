import type { Signal } from '../../signal.ts';
import { startBoard } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { writeShown } from '../../store/shown.ts';
import type { CliContext } from '../shared/context.ts';

/** How often a run writes down what it has shown, milliseconds: soon enough for who types an id off the screen. */
const every = 2000;

interface Shown {
  see(signal: Signal): void;
  /** Writes what was seen since the last time, when that is a while ago; asked again and again, so that nothing waits for the next thing shown. */
  settle(): void;
  write(): void;
}

/** Keeps the ids a run shows on disk, for the commands that are given their beginnings. */
export function keepShown({ io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>): Shown {
  const board = startBoard();
  let written = 0;
  let at = io.monotonic();
  let fresh = false;
  const write = () => {
    if (board.shownInAll > written) writeShown(io.files, dataDir, board.shown.values());
    written = board.shownInAll;
    fresh = false;
  };
  const settle = () => {
    if (!fresh || io.monotonic() - at < every) return;
    at = io.monotonic();
    write();
  };
  return {
    write,
    settle,
    see(signal) {
      if (signal.kind !== 'radar' && signal.kind !== 'finding') return;
      reduceBoard(board, signal);
      fresh = true;
      settle();
    },
  };
}

import type { Signal } from '../../signal.ts';
import { startBoard } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { ioFailure } from '../../run/ioFailure.ts';
import { writeShown } from '../../store/shown.ts';
import type { CliContext } from '../shared/context.ts';

/** How often a run writes down what it has shown, milliseconds: soon enough for who types an id off the screen. */
const every = 2000;

interface Shown {
  see(signal: Signal): void;
  /** Writes what was seen since the last time, when that is a while ago; asked again and again, so that nothing waits for the next thing shown. */
  settle(): void;
  write(): void;
  /** Why they could not be kept the last time; null when they could. */
  readonly failure: unknown;
}

/** Keeps the ids a run shows on disk, for the commands that are given their beginnings. */
export function keepShown({ io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>): Shown {
  const board = startBoard();
  let written = 0;
  let at = io.monotonic();
  let fresh = false;
  let failure: unknown = null;
  const write = () => {
    try {
      if (board.shownInAll > written) writeShown(io.files, dataDir, board.shown.values());
      failure = null;
    } catch (error) {
      // An index of what can be shown again: a disk that is full or may not be written ends no run for it.
      failure = ioFailure(error, {});
      if (failure === error) throw error;
    }
    written = board.shownInAll;
    fresh = false;
  };
  const settle = () => {
    if (!fresh || io.monotonic() - at < every) return;
    at = io.monotonic();
    write();
  };
  return {
    get failure() {
      return failure;
    },
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

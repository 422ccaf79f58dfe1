import { startBoard } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import type { Io } from '../../io.ts';
import type { RunFigures } from '../../run/report.ts';
import type { Signal } from '../../signal.ts';
import { lookAt, type Look } from '../../views/live/look.ts';
import type { Component } from '../../views/live/componentRows.ts';
import { listComponents } from './listComponents.ts';
import { RateMeter } from './rateMeter.ts';

/** What a live screen shows of a run in this process, at any moment. */
export class RunLook {
  readonly #subject: string;
  readonly #io: Pick<Io, 'now' | 'monotonic'>;
  readonly #board = startBoard();
  readonly #meter = new RateMeter();
  /** How the run stands; null before its sources are open. */
  figures: () => RunFigures | null = () => null;

  constructor(subject: string, io: Pick<Io, 'now' | 'monotonic'>) {
    this.#subject = subject;
    this.#io = io;
  }

  /** Sees what leaves the run. */
  readonly see = (signal: Signal): void => void reduceBoard(this.#board, signal);

  /** Takes note of how far it is, so that rates are known to who looks next. */
  note(): void {
    this.#components(this.figures());
  }

  #components(figures: RunFigures | null): Component[] {
    return figures === null ? [] : listComponents(figures, this.#meter, this.#io.monotonic());
  }

  look(): Look {
    const figures = this.figures();
    const components = this.#components(figures);
    const rate = components.reduce((sum, { type, in_rate: perSecond }) => sum + (type === 'source' ? perSecond : 0), 0);
    const { newest = null, live = true } = figures ?? {};
    return lookAt(this.#board, this.#subject, { now: this.#io.now(), newest, live, rate, components });
  }
}

import type { BoardView } from '../../client.ts';

/** What was shown when a person stopped it, and how many windows are newer. */
export class Pause {
  readonly view: BoardView;
  windows = 0;
  #last: string;

  constructor(view: BoardView) {
    this.view = view;
    this.#last = view.radar?.start ?? '';
  }

  take({ radar }: BoardView): void {
    if (!radar || radar.start === this.#last) return;
    this.windows += 1;
    this.#last = radar.start;
  }
}

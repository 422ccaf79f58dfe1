import type { BoardView } from '../../client.ts';

/** A window that was asked for by its time. */
export class LookBack {
  readonly at: string;
  /** Null while it is read, and where it cannot be shown. */
  view: BoardView | null = null;
  /** Why it cannot be shown; empty where it can. */
  why = '';

  constructor(at: string, read: (at: string) => Promise<BoardView>, redraw: () => void) {
    this.at = at;
    void read(at).then(
      (view) => {
        this.view = view;
        redraw();
      },
      (error: Error) => {
        this.why = error.message;
        redraw();
      },
    );
  }
}

import type { BoardView, MarkRequest } from '../../client.ts';
import type { Drawn } from '../marks.ts';

/** A page that is loaded when it is opened. */
export interface Page {
  /** What it needs beside the style of the desk. */
  readonly style?: string;
  /** Draws it; `null` while it is still being read. */
  draw(context: PageContext): Drawn;
  close?(): void;
}

/** What a drawing needs to know beside what it is of. */
export interface DrawContext {
  view: Pick<BoardView, 'now' | 'findings'>;
  short(id: string): string;
  mayAnswer: boolean;
  answer(type: MarkRequest['type'], target: string): void;
}

export interface PageContext extends DrawContext {
  view: BoardView;
  redraw(): void;
}

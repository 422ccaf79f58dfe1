import type { BoardView, MarkRequest } from '../client.ts';
import type { Drawn } from './draw.ts';
import type { Feed } from './feed.ts';

/** A page that is loaded when it is opened. */
export interface Page {
  /** Draws it; `null` while it is still being read. */
  draw(context: PageContext): Drawn;
  close?(): void;
}

export interface PageContext {
  feed: Feed;
  view: BoardView;
  short(id: string): string;
  mayAnswer: boolean;
  answer(type: MarkRequest['type'], target: string): void;
  redraw(): void;
}

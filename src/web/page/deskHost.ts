import type { BoardView } from '../client.ts';
import type { Feed } from './feed.ts';

/** What the element gives to the desk in it. */
export interface DeskHost {
  root: ShadowRoot;
  feed: Feed;
  isPage: boolean;
  /** Takes a style into the root. */
  adopt(style: string): void;
  attribute(name: string): string | null;
  /** `force`: whatever is held. */
  redraw(force: boolean): void;
  /** Says it to who cannot see the page. */
  notice(text: string): void;
  go(address: string): void;
}

/** The board that is shown, whether it is of a window that is over, and how many windows are newer than a pause; null without one. */
export interface DeskView {
  view: BoardView | null;
  past: boolean;
  paused: number | null;
}

import { listRows, type LiveRow, type Order } from './liveRows.ts';
import type { Look } from './look.ts';

/** A key as it was pressed: its name as `node:readline` has it, and the text it types, if any. */
export interface Key {
  name: string;
  text: string;
  ctrl: boolean;
}

/** What a live screen stands at. Plain data; `press` alone changes it, on a key. */
export interface ScreenState {
  page: 'radar' | 'explain' | 'components' | 'help';
  /** Key of the row that is chosen; null for the first. */
  chosen: string | null;
  /** The row that is explained: it stays although the window has gone on. */
  explained: LiveRow | null;
  /** Lines that are scrolled away, of a page that is longer than the screen. */
  scroll: number;
  filter: string;
  order: Order;
  /** What is looked at while new looks are not taken in; null while they are. */
  paused: Look | null;
  /** What is being typed, and for what. */
  prompt: { for: 'filter' | 'ack'; text: string; target: string | null } | null;
}

/** What the one who shows the screen has to do. */
export type Wish =
  | { do: 'quit' }
  | { do: 'interrupt' }
  | { do: 'suspend' }
  | { do: 'redraw' }
  /** Somebody is on it; `text` is as it was typed: a length of time, a note, both or none. */
  | { do: 'ack'; target: string; text: string };

export interface Pressed {
  state: ScreenState;
  wish?: Wish;
}

export const startScreen = (): ScreenState => ({
  page: 'radar',
  chosen: null,
  explained: null,
  scroll: 0,
  filter: '',
  order: 'score',
  paused: null,
  prompt: null,
});

/** What tells rows apart: one pattern may have several. */
export const rowKey = ({ kind, id }: LiveRow): string => `${kind} ${id}`;

/** The rows as they stand on the screen, and which of them is chosen; -1 without any. */
export function rowsOn(state: ScreenState, look: Look): { rows: LiveRow[]; at: number } {
  const rows = listRows(state.paused ?? look, state.filter, state.order);
  // A pattern may be in the open window and in the closed one: the choice is of its row, not of its first.
  const at = state.chosen === null ? 0 : rows.findIndex((row) => rowKey(row) === state.chosen);
  return { rows, at: rows.length === 0 ? -1 : Math.max(0, at) };
}

import { orders } from './liveRows.ts';
import type { Look } from './look.ts';
import { pressText } from './promptText.ts';
import { rowKey, rowsOn, type Key, type Pressed, type ScreenState } from './screenState.ts';

/** Names of keys that do the same. */
const same: Readonly<Record<string, string>> = {
  down: 'j',
  up: 'k',
  enter: 'return',
  right: 'return',
  left: 'escape',
  backspace: 'escape',
  '?': 'help',
  h: 'help',
  space: 'pagedown',
};

/** What a key does. `page` is how many lines a page of the screen has. */
export function press(state: ScreenState, key: Key, look: Look, page: number): Pressed {
  if (key.ctrl) return control(state, key);
  if (state.prompt) return pressText(state, key);
  const name = same[key.name] ?? same[key.text] ?? (key.text === '/' ? '/' : key.name);
  const onList = state.page === 'radar';
  switch (name) {
    case 'q':
      return { state, wish: { do: 'quit' } };
    case 'j':
      return { state: move(state, look, 1) };
    case 'k':
      return { state: move(state, look, -1) };
    case 'pagedown':
      return { state: move(state, look, Math.max(1, page - 1)) };
    case 'pageup':
      return { state: move(state, look, -Math.max(1, page - 1)) };
    case 'home':
      return { state: move(state, look, Number.NEGATIVE_INFINITY) };
    case 'g':
      return { state: move(state, look, key.text === 'G' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) };
    case 'end':
      return { state: move(state, look, Number.POSITIVE_INFINITY) };
    case 'return':
      return { state: onList ? explainChosen(state, look) : state };
    case 'escape':
      return { state: back(state) };
    case '/':
      return { state: { ...state, page: 'radar', scroll: 0, prompt: { for: 'filter', text: state.filter, target: null } } };
    case 's':
      return { state: { ...state, order: orders[(orders.indexOf(state.order) + 1) % orders.length]! } };
    case 'a':
      return { state: askAck(state, look) };
    case 'p':
      return { state: { ...state, paused: state.paused ? null : look } };
    case 'c':
      return { state: { ...state, page: state.page === 'components' ? 'radar' : 'components', scroll: 0 } };
    case 'help':
      return { state: { ...state, page: state.page === 'help' ? 'radar' : 'help', scroll: 0 } };
    default:
      return { state };
  }
}

function control(state: ScreenState, { name }: Key): Pressed {
  if (name === 'c') return { state, wish: { do: 'interrupt' } };
  if (name === 'z') return { state, wish: { do: 'suspend' } };
  if (name === 'l') return { state, wish: { do: 'redraw' } };
  return { state };
}

/** Goes by so many rows, or scrolls by so many lines. */
function move(state: ScreenState, look: Look, by: number): ScreenState {
  if (state.page !== 'radar') return { ...state, scroll: Math.max(0, Math.min(state.scroll + by, 1e6)) };
  const { rows, at } = rowsOn(state, look);
  if (at < 0) return state;
  return { ...state, chosen: rowKey(rows[Math.max(0, Math.min(at + by, rows.length - 1))]!) };
}

function explainChosen(state: ScreenState, look: Look): ScreenState {
  const { rows, at } = rowsOn(state, look);
  const row = rows[at];
  return row ? { ...state, page: 'explain', chosen: rowKey(row), explained: row, scroll: 0 } : state;
}

/** One step: off a page, then off a filter, then off the pause. */
function back(state: ScreenState): ScreenState {
  if (state.page !== 'radar') return { ...state, page: 'radar', explained: null, scroll: 0 };
  if (state.filter !== '') return { ...state, filter: '' };
  return { ...state, paused: null };
}

function askAck(state: ScreenState, look: Look): ScreenState {
  const { rows, at } = rowsOn(state, look);
  const row = state.page === 'explain' ? state.explained : state.page === 'radar' ? rows[at] : null;
  return row ? { ...state, chosen: rowKey(row), prompt: { for: 'ack', text: '', target: row.id } } : state;
}

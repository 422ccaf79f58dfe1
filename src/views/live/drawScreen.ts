import picocolors from 'picocolors';
import type { Radar } from '../../signal.ts';
import { explain } from '../explain/explain.ts';
import { finding as findingPage } from '../finding/finding.ts';
import { line } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { minute, parseTime, span } from '../text/time.ts';
import { cut, width } from '../text/text.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';
import { componentRows } from './componentRows.ts';
import { helpLines } from './helpLines.ts';
import { listRows, type LiveRow } from './liveRows.ts';
import type { Look } from './look.ts';
import { rowTable } from './rowTable.ts';
import { rowsOn, type ScreenState } from './screenState.ts';
import { topLines } from './topLines.ts';

const painters = picocolors.createColors(true);

export interface ScreenSize {
  rows: number;
  columns: number;
}

/** A screen as it is drawn: exactly as many lines as it has rows, none longer than it has columns. */
export interface DrawnScreen {
  lines: string[];
  /** Lines that a page of what can be scrolled has. */
  page: number;
}

/** Draws a live screen. `message` is a sentence of who shows it, such as what became of an ack. */
export function drawScreen(state: ScreenState, newest: Look, size: ScreenSize, view: ViewOptions, message = ''): DrawnScreen {
  const look = state.paused ?? newest;
  const options = { ...view, columns: Math.max(1, size.columns) };
  const top = state.page === 'radar' || state.page === 'components' ? topLines(look, options) : [];
  const bottom = [statusLine(state, newest, message, options), keyLine(state, look, options)];
  const room = Math.max(0, size.rows - top.length - bottom.length);
  const middle = state.page === 'radar' ? listLines(state, look, room, options) : pageLines(state, look, room, options);
  const filled = [...middle, ...Array<string>(Math.max(0, room - middle.length)).fill('')];
  const lines = [...top, ...filled.slice(0, room), ...bottom].slice(-Math.max(1, size.rows));
  return { lines, page: Math.max(1, room - 1) };
}

/** The rows around the one that is chosen, under their heading. */
function listLines(state: ScreenState, look: Look, room: number, view: ViewOptions): string[] {
  const { rows, at } = rowsOn(state, look);
  if (rows.length === 0) {
    const none = state.filter === '' ? 'Nothing to show in this window.' : `No row with "${state.filter}".  esc shows all.`;
    return [line([none], view)];
  }
  const [heading = '', ...texts] = rowTable(rows, look, view);
  const list: { text: string; row: number }[] = texts.map((text, row) => ({ text: row === at ? chosen(text, view) : text, row }));
  const parts = [
    { kind: 'earlier', words: 'earlier' },
    { kind: 'pattern', words: look.open && look.radar ? windowText(look.radar, view) : null },
  ];
  for (const { kind, words } of parts) {
    const first = list.findIndex(({ row }) => rows[row]?.kind === kind);
    if (words !== null && first > 0)
      list.splice(first, 0, { text: '', row: -1 }, { text: line([{ text: words, paint: 'dim' }], view), row: -1 });
  }
  const shown = Math.max(1, room - 1);
  const place = list.findIndex(({ row }) => row === at);
  // By pages: rows stand still while the choice goes through them.
  const from = Math.floor(place / shown) * shown;
  return [heading, ...list.slice(from, from + shown).map(({ text }) => text)];
}

/** `closed  15:40-15:45Z`: the window of the rows below. */
const windowText = ({ start, end }: Radar, { timeZone }: ViewOptions): string =>
  `closed  ${span(parseTime(start), parseTime(end), timeZone)}`;

/** The row that is chosen: marked by a sign, and by its colours where there are some. */
const chosen = (text: string, { color }: ViewOptions): string => {
  const marked = `>${text.slice(1)}`;
  return color ? painters.inverse(marked) : marked;
};

/** The part of a long page that is scrolled to. */
function pageLines(state: ScreenState, look: Look, room: number, view: ViewOptions): string[] {
  const lines = drawPage(state, look, view);
  const from = Math.max(0, Math.min(state.scroll, lines.length - room));
  return lines.slice(from, from + room);
}

function drawPage(state: ScreenState, look: Look, view: ViewOptions): string[] {
  if (state.page === 'help') return helpLines(view);
  if (state.page === 'components') return componentRows(look.components ?? [], view);
  const row = state.explained && findNewest(state.explained, look);
  if (!row) return [];
  if (row.kind === 'finding') return findingPage(row.finding, { ...view, now: look.radar ? parseTime(look.radar.end) : look.now });
  const notes = (look.status.answers ?? []).filter(({ target }) => target === row.id);
  const templates = (row.blip.members ?? []).map(({ pattern: text, count: many }) => ({ text, count: many }));
  return explain({ blip: row.blip, templates, notes }, view);
}

/** The row as it is now, where it is still on the radar. */
const findNewest = (row: LiveRow, look: Look): LiveRow =>
  listRows(look, '', 'score').find(({ id, kind }) => id === row.id && kind === row.kind) ?? row;

/** What is typed, or the last notice, or how the list is cut and ordered. */
function statusLine({ prompt, filter, order, paused }: ScreenState, newest: Look, message: string, view: ViewOptions): string {
  if (prompt?.for === 'filter') return line([`/${prompt.text}_`], view);
  if (prompt) {
    const id = shortIds([prompt.target!])(prompt.target!);
    return line([`ack ${id} [for how long] [note], enter or esc: ${prompt.text}_`], view);
  }
  const parts = [
    paused ? pausedText(paused, newest, view) : '',
    filter === '' ? '' : `filter: ${filter}`,
    order === 'score' ? '' : `by ${order}`,
    message,
  ];
  return line([parts.filter(Boolean).join('   ')], view);
}

function pausedText(paused: Look, newest: Look, { timeZone }: ViewOptions): string {
  const [was, is] = [paused, newest].map(({ radar }) => (radar ? parseTime(radar.end) : null));
  const length = paused.radar ? parseTime(paused.radar.end) - parseTime(paused.radar.start) : 0;
  const newer = was === null || is === null || length === 0 ? 0 : Math.max(0, Math.round((is! - was!) / length));
  return `PAUSED at ${minute(paused.newest ?? paused.now, timeZone)}${newer > 0 ? `, ${count(newer)} ${newer === 1 ? 'window' : 'windows'} newer` : ''}`;
}

/** The keys there are; those without room are left out, the way to help and out never. */
function keyLine({ page }: ScreenState, { components }: Look, view: ViewOptions): string {
  const list = page === 'radar';
  const first = list ? ['j k move', 'enter explain', 'a ack', '/ filter', 's sort', 'p pause'] : ['j k scroll', 'esc back'];
  const middle = [...(page === 'explain' ? ['a ack'] : []), ...(components && page !== 'components' ? ['c parts'] : [])];
  const last = ['? help', 'q quit'];
  const fits: string[] = [];
  for (const one of [...first, ...middle]) if (width(keysText([...fits, one, ...last], 2)) <= usableColumns(view)) fits.push(one);
  const keys = [...fits, ...last];
  const text = keysText(keys, width(keysText(keys, 3)) <= usableColumns(view) ? 3 : 2);
  return line([{ text: cut(text, usableColumns(view)), paint: 'dim' }], view);
}

const keysText = (keys: readonly string[], gap: number): string => ` ${keys.join(' '.repeat(gap))}`;

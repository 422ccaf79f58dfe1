import { copyPlain } from '../copyPlain.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { mergeFacets, type Facets } from './facets.ts';

const MINUTE = 60_000;

/** What one window holds of one pattern. */
export interface Cell {
  count: number;
  /** Worst level, as an index of `levels`; -1 when none was given. */
  level: number;
  first: number;
  last: number;
  /** The minute that is counted, its count, and the fullest minute so far. */
  minute: number;
  inMinute: number;
  peak: number;
  /** Count from which it is loud enough for an early result. */
  loudAt: number;
  /** How long it had stayed away when it came, milliseconds. */
  away: number;
  /** Score of the last early result; 0 when there was none. */
  emittedScore: number;
  /** Its count then; absent before, and in checkpoints of older releases. */
  emittedCount?: number;
  /** Bits of chance alone giving as many, as they were then; absent where that was not what it reported. */
  emittedChance?: number;
  /** Lines of it that came after their own window had closed: nothing was known of the pattern. */
  late?: number;
  /** What part of the group its lines come from; absent while nobody may want to know. */
  facets?: Facets;
}

/** One window of event time, aligned to 1970, half open. */
export interface OpenWindow {
  index: number;
  cells: Map<Pattern, Cell>;
  /** Events by level (index of `levels` plus one; 0 where none was given). */
  levels: number[];
  events: number;
  /** Patterns founded in it. */
  founded: number;
  /** Earliest and latest event; null while it has none. */
  first: number | null;
  last: number | null;
  /** Of lines whose patterns nobody may want to know of, what part of the group they come from. */
  facets?: Facets;
}

export function openWindow(index: number): OpenWindow {
  return { index, cells: new Map(), levels: [0, 0, 0, 0, 0, 0, 0], events: 0, founded: 0, first: null, last: null };
}

export function addToWindow(window: OpenWindow, time: number, level: number): void {
  window.events += 1;
  window.levels[level + 1]! += 1;
  if (window.first === null || time < window.first) window.first = time;
  if (window.last === null || time > window.last) window.last = time;
}

/** What share of a group's first window was watched, of which `share` has passed: from its first event on. */
export function sinceFirst(window: OpenWindow, share: number, windowMs: number): number {
  const before = window.first === null ? 0 : window.first / windowMs - window.index;
  return Math.max(1 / windowMs, share - before);
}

export function openCell(time: number, loudAt: number, away = 0): Cell {
  const minute = Math.floor(time / MINUTE);
  return { count: 0, level: -1, first: time, last: time, minute, inMinute: 0, peak: 0, loudAt, away, emittedScore: 0 };
}

export function addToCell(cell: Cell, time: number, level: number): void {
  cell.count += 1;
  if (level > cell.level) cell.level = level;
  if (time < cell.first) cell.first = time;
  if (time > cell.last) cell.last = time;
  const minute = Math.floor(time / MINUTE);
  if (minute > cell.minute) {
    cell.minute = minute;
    cell.inMinute = 0;
  }
  if (minute === cell.minute) cell.inMinute += 1;
  if (cell.inMinute > cell.peak) cell.peak = cell.inMinute;
}

/** Folds the cell of a pattern that turned out to be the same as another into that one's. */
export function mergeCells(into: Cell, from: Cell): void {
  into.count += from.count;
  into.level = Math.max(into.level, from.level);
  into.first = Math.min(into.first, from.first);
  into.last = Math.max(into.last, from.last);
  into.peak = Math.max(into.peak, from.peak, into.minute === from.minute ? into.inMinute + from.inMinute : 0);
  if (from.minute > into.minute) [into.minute, into.inMinute] = [from.minute, from.inMinute];
  else if (from.minute === into.minute) into.inMinute += from.inMinute;
  into.away = Math.min(into.away, from.away);
  into.emittedScore = Math.max(into.emittedScore, from.emittedScore);
  if (from.late !== undefined) into.late = (into.late ?? 0) + from.late;
  const facets = mergeFacets(into.facets, from.facets);
  if (facets) into.facets = facets;
}

/** A cell in saved state, where its early result has other names. Older releases saved no `away`. */
type SavedCell = Omit<Cell, 'emittedScore' | 'emittedCount' | 'emittedChance' | 'loudAt' | 'away'> & {
  told: number;
  toldCount?: number;
  toldChance?: number;
  loudAt: number | null;
  away?: number;
};

const toSavedCell = ({ emittedScore, emittedCount, emittedChance, ...cell }: Cell): SavedCell => ({
  ...cell,
  told: emittedScore,
  ...(emittedCount === undefined ? {} : { toldCount: emittedCount }),
  ...(emittedChance === undefined ? {} : { toldChance: emittedChance }),
  loudAt: finiteOrNull(cell.loudAt),
});

const fromSavedCell = ({ told, toldCount, toldChance, ...cell }: SavedCell): Cell => ({
  ...cell,
  emittedScore: told,
  ...(toldCount === undefined ? {} : { emittedCount: toldCount }),
  ...(toldChance === undefined ? {} : { emittedChance: toldChance }),
  away: cell.away ?? 0,
  loudAt: cell.loudAt ?? Number.POSITIVE_INFINITY,
});

export function saveWindow(window: OpenWindow): Json {
  const cells = [...window.cells].map(([pattern, cell]) => [pattern.id, copyPlain(toSavedCell(cell))]);
  return toSaved({ ...copyPlain({ ...window, cells: [] }), cells });
}

export function loadWindow(json: Json, patternWith: (id: string) => Pattern): OpenWindow {
  const saved = fromSaved<Omit<OpenWindow, 'cells'> & { cells: [string, SavedCell][] }>(structuredClone(json));
  const cells = saved.cells.map(([id, cell]): [Pattern, Cell] => [patternWith(id), fromSavedCell(cell)]);
  return { ...saved, cells: new Map(cells) };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

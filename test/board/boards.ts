import { startBoard, type Board } from '../../src/board/board.ts';
import type { BoardView } from '../../src/board/boardView.ts';
import { reduceBoard } from '../../src/board/reduceBoard.ts';
import { viewBoard, type Standing } from '../../src/board/viewBoard.ts';
import { toIso } from '../../src/event.ts';
import type { Blip, BlipSignal, Radar, RuleFinding, Signal } from '../../src/signal.ts';
import { blipSignal, findingSignal, width } from '../support/blips.ts';

export const standing: Standing = { pipeline: 'p', live: true, problem: null, watermark: null, rate: null, sources: [] };
export const boardOf = (...signals: Signal[]): Board => signals.reduce(reduceBoard, startBoard());
export const radarOf = (n: number, blips: Blip[], more: Partial<Radar> = {}): Signal => ({
  kind: 'radar',
  time: n * width,
  key: '',
  radar: {
    group_id: null,
    start: toIso((n - 1) * width),
    end: toIso(n * width),
    open: false,
    events: 10,
    groups: 1,
    patterns: 3,
    new_patterns: 0,
    blips,
    rest: { patterns: 2, events: 3, states: {} },
    ...more,
  },
});
const slots = [{ type: 'host', values: [{ value: 'dn2', count: 9 }], distinct: 1 }];
export const disk = (n: number, more: Partial<Blip> = {}): BlipSignal =>
  blipSignal('disk', n * width, { pattern: 'Disk failure on dn2', slots, score: 96, ...more });
export const view = (board: Board, more: Partial<Standing> = {}, now = 99 * width): BoardView =>
  viewBoard(board, { ...standing, ...more }, now);
export const quiet = (group: string, at: number): Signal => ({
  kind: 'finding',
  time: at,
  key: group,
  finding: {
    ...findingSignal(`q-${group}`, at, { group_id: group }).finding,
    type: 'rule',
    result: { no_data: true, usual_gap_ms: 2000 },
  } as RuleFinding,
});

/** An hour of a group: an event a second, up to this time. */
export const talks = (group: string, windows: number, last = windows * width - 1000): Signal[] =>
  Array.from({ length: windows }, (_, i) =>
    blipSignal(group, (i + 1) * width, {
      group_id: group,
      count: 300,
      usual: 300,
      score: 1,
      last_seen: toIso(Math.min(last, (i + 1) * width - 1000)),
    }),
  );

import { readChance, isWorthEmitting, nextLookAt } from '../judge/early.ts';
import { judge } from '../judge/judge.ts';
import type { Pattern } from '../patterns/pattern.ts';
import type { Cell, OpenWindow } from '../windows/window.ts';
import { circumstances } from './circumstances.ts';
import type { GroupState } from './groupState.ts';
import { makeGroupBlip, type EmitBlip } from './makeGroupBlip.ts';

/** A pattern has become loud in an open window: when the next early results are due, and from which count it is looked at again. */
export function callEarly(state: GroupState, pattern: Pattern, cell: Cell, time: number): void {
  cell.loudAt = nextLookAt(pattern, state.indexOf(time), cell.count);
  const { earlyMs } = state.options;
  state.early ??= (Math.floor(time / earlyMs) + 1) * earlyMs;
}

/** Early results of an open window: what is worth a line before it closes. */
export function emitEarly(state: GroupState, window: OpenWindow, time: number, emit: EmitBlip): void {
  state.early = null;
  const exposure = state.watched(window, (time - state.findStart(window)) / state.options.windowMs);
  const at = circumstances(state, window, time, exposure, true);
  for (const [pattern, cell] of window.cells) {
    const judged = judge(pattern, cell, at);
    if (!isWorthEmitting(judged, cell)) continue;
    cell.emittedScore = judged.score;
    cell.emittedCount = cell.count;
    if (judged.state === 'rising') cell.emittedChance = readChance(judged);
    emit(makeGroupBlip(state, pattern, judged, { window, count: cell.count, now: time, open: true }), time);
  }
}

import type { Blip } from '../../signal.ts';
import { closePeriods, findPeriod } from '../classic/weights.ts';
import { canBeMissed, judge, type Circumstances } from '../judge/judge.ts';
import { makeVolumeBlip } from '../judge/judgeVolume.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { catchUp, foldHours, foldMove, foldWindow } from '../patterns/patternHistory.ts';
import { foldBaseline, skipBaseline } from '../rates/groupBaseline.ts';
import { computeFade } from '../rates/rates.ts';
import { foldVolume } from '../rates/volume.ts';
import { instanceBlip, mixBlip, shiftBlip } from '../series/shiftBlip.ts';
import { sinceFirst, type OpenWindow } from '../windows/window.ts';
import { circumstances } from './circumstances.ts';
import type { GroupState } from './groupState.ts';
import { judgeVolume, measureTraffic, volumeFrame } from './groupVolume.ts';
import { makeGroupBlip, type EmitBlip } from './makeGroupBlip.ts';

/** Windows in which the volume of a group is told after it was odd. */
const TOLD_AFTER = 4;

/**
 * Closes the earliest window: judges each of its patterns and the volume of the group, emits their blips, and then learns
 * the window.
 * @param share how much of the window has passed
 * @param asOf event time that ages are taken at: the window's end, or the last event of all
 */
export function closeWindow(state: GroupState, share: number, emit: EmitBlip, asOf?: number): void {
  const { options, halfLife, baseline } = state;
  const window = state.windows.shift()!;
  const end = state.findEnd(window);
  const isFirst = state.closed === null;
  const exposure = isFirst ? sinceFirst(window, share, options.windowMs) : state.watched(window, share);
  const silent = isFirst ? 0 : window.index - 1 - state.closed!;
  if (silent > 0) skipBaseline(baseline, silent, halfLife);
  const frame = volumeFrame(state, window, exposure);
  const { judged, volume } = judgeVolume(state, window, frame);
  const at = {
    ...circumstances(state, window, end, exposure, false),
    asOf: asOf ?? end,
    traffic: measureTraffic(state, window, exposure, volume),
  };
  state.series.close(window.index);
  const missing = state.patterns.missing(at.asOf, window.index);
  const concerned = [...new Set([...state.patterns.active, ...window.cells.keys(), ...missing])].sort((a, b) => a.born - b.born);
  for (const pattern of concerned) closePattern(state, pattern, window, at, emit);
  // Once it was odd it is told until everybody knows that it no longer is.
  baseline.toTell = volume.state === 'steady' ? Math.max(0, baseline.toTell - 1) : TOLD_AFTER;
  if (volume.state !== 'steady' || baseline.toTell > 0) emit(makeVolumeBlip(volume, frame), end);
  foldBaseline(baseline, window, exposure, isFirst, halfLife);
  foldVolume(baseline.volume, { ...frame, windowMs: options.windowMs, bits: judged.bits, fade: computeFade(1, halfLife) });
  state.closed = window.index;
  state.others = window.facets ?? state.others;
  if (state.early !== null && (state.early <= end || !state.windows.first)) state.early = null;
  state.known.forget(end);
  state.patterns.sweep((id) => state.known.index.get(id) !== undefined);
}

function closePattern(state: GroupState, pattern: Pattern, window: OpenWindow, at: Circumstances, emit: EmitBlip): void {
  const { halfLife, options } = state;
  const since = (pattern.window + 1) * options.windowMs;
  catchUp(pattern, window.index, halfLife);
  closePeriods(pattern.topic.weight, findPeriod(at.now, options.periodMs), options.periodMs);
  const cell = window.cells.get(pattern) ?? null;
  const count = cell?.count ?? 0;
  if (cell || canBeMissed(pattern, at.asOf)) {
    const judged = judge(pattern, cell, at);
    if (judged.state === 'gone') pattern.gone = true;
    if ((judged.state === 'returning' || judged.state === 'rare') && (pattern.returnedIn === null || pattern.gone)) {
      pattern.returnedIn = window.index;
      if (judged.state === 'rare') pattern.backRarely = true;
      else delete pattern.backRarely;
    }
    foldMove(pattern, judged, cell, state.findStart(window), state.findEnd(window));
    if (cell || judged.state === 'gone') {
      const blip = makeGroupBlip(state, pattern, judged, { window, count, now: at.now, open: at.open });
      emit(blip, at.now);
      emitShifts(state, blip, at.now, emit);
    }
  }
  foldHours(pattern, { since, start: state.findStart(window), end: state.findEnd(window), count, exposure: at.exposure });
  foldWindow(pattern, window.index, count, at.exposure, halfLife);
  state.patterns.folded(pattern);
}

/** What the numbers in the lines of a template have come to be, each slot by itself. */
function emitShifts(state: GroupState, blip: Blip, now: number, emit: EmitBlip): void {
  const template = state.known.index.get(blip.template_id);
  if (!template) return;
  for (const shift of state.series.findShifts(template.id)) emit(shiftBlip(blip, shift, template), now);
  for (const odd of state.series.findOdd(template.id)) emit(instanceBlip(blip, odd, template), now);
  // Where the class itself comes more often, its own row says so, and its slots which code it is.
  const mix = blip.state === 'steady' || blip.state === 'falling' ? state.series.findMix(template.id) : null;
  if (mix) emit(mixBlip(blip, mix), now);
}

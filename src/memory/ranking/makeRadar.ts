import type { JsonObject } from '../../event.ts';
import type { Blip, EarlierBlip, Radar, RateState } from '../../signal.ts';
import { addBits, computeScore } from './salience.ts';
import { hasMoved, ownBits, togetherBits, type MoveRate } from './together.ts';
import { uniqueLabels } from './uniqueLabels.ts';

/** That many times the usual time between two events without one is no pause any more: the radar is blind. */
const BLIND_AFTER = 10;
/** Ids of companions a blip names. */
const COMPANIONS = 8;

/** Where an error stands that is still on: as high as one does, below what is graver now. */
const STILL_ON = 80;
/** Score from which the volume of a group stands with errors that are on: what it explains is not listed beside it. */
const GRAVE_VOLUME = 60;

/** The lines that are listed, in their order. */
export const listTop = (blips: readonly Blip[], top: number): Blip[] => [...blips].sort(byStanding).slice(0, top);

/**
 * The radar of one window: its lines, most salient first, the rest counted, and below them what was. `group` is null over
 * several groups. Equal scores: more bits, more events, then id.
 */
export function makeRadar(blips: readonly Blip[], group: string | null, top: number, earlier: EarlierBlip[] = []): Radar {
  const ranked = [...blips].sort(byStanding);
  const listed = uniqueLabels(ranked.slice(0, top));
  const rest = ranked.slice(top);
  const states: Partial<Record<RateState, number>> = {};
  for (const { state } of rest.filter(isPattern)) states[state] = (states[state] ?? 0) + 1;
  const patterns = blips.filter(isPattern);
  const events = sumUp(blips);
  const [first] = blips;
  return {
    group_id: group,
    start: first!.start,
    end: first!.end,
    open: first!.open,
    ...(first!.partial && { partial: true }),
    events,
    groups: new Set(blips.map(({ group_id }) => group_id)).size,
    patterns: patterns.length,
    new_patterns: patterns.filter(({ state }) => state === 'new').length,
    blips: listed,
    rest: { patterns: rest.filter(isPattern).length, events: sumUp(rest), states },
    earlier,
    ...describeFolded(blips),
    ...describeLearning(blips),
    ...(events === 0 && !first!.open ? describeStaleness(blips) : {}),
  };
}

/** The volume of a group, and what is measured in lines, count what patterns count. */
const isPattern = ({ volume, measure }: Blip): boolean => volume === undefined && measure === undefined;

function describeFolded(blips: readonly Blip[]): Pick<Radar, 'folded'> {
  const folded = Math.max(0, ...blips.map(({ from }) => from?.groups ?? 0));
  return folded > 0 ? { folded } : {};
}

/** While every group is still learning, so is the radar: as far as the one that has learned most. */
function describeLearning(blips: readonly Blip[]): Pick<Radar, 'learning'> {
  const all = blips.filter(({ count }) => count > 0).map(({ why }) => why.learning as Radar['learning']);
  const known = all.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < all.length) return {};
  return { learning: known.reduce((most, one) => (one.learned_ms > most.learned_ms ? one : most)) };
}

/** Since when nothing came, where that is no pause, and how far apart events are where they come as is usual. */
function describeStaleness(blips: readonly Blip[]): Pick<Radar, 'stale'> {
  const { start, end, last_seen } = blips.reduce((a, b) => (b.last_seen > a.last_seen ? b : a));
  const usual = blips.filter(isPattern).reduce((sum, blip) => sum + (blip.usual ?? 0), 0);
  const gap = usual > 0 ? (Date.parse(end) - Date.parse(start)) / usual : null;
  const silent = Date.parse(end) - Date.parse(last_seen);
  return gap !== null && silent < BLIND_AFTER * gap ? {} : { stale: { as_of: last_seen, usual_gap_ms: gap && Math.round(gap) } };
}

/**
 * Adds the bits of co-occurrence to what moved, no more than it has by itself, and names its companions, the most salient
 * first: who moves a little in bad company has still moved only a little.
 */
export function withCompanions(blips: readonly Blip[], moves: MoveRate): Blip[] {
  const movers = blips.filter(({ state, bits }) => hasMoved(state, bits)).sort(byStanding);
  if (movers.length < 2) return [...blips];
  const together = togetherBits(moves, movers.length - 1, blips.length - 1);
  return blips.map((blip) => {
    if (!hasMoved(blip.state, blip.bits)) return blip;
    const companions = movers
      .filter((other) => other !== blip)
      .slice(0, COMPANIONS)
      .map(({ topic_id }) => topic_id);
    const bits = addBits({ ...blip.bits, together: Math.min(together, ownBits(blip.bits)) });
    const why: JsonObject = { ...blip.why, moved_with: movers.length - 1, moved_among: blips.length - 1 };
    return { ...blip, bits, score: computeScore(bits.total), why, together: companions };
  });
}

function standing({ score, on_since: since, volume }: Blip): number {
  const high = since !== undefined || (volume !== undefined && score >= GRAVE_VOLUME);
  return high ? Math.max(score, STILL_ON) : score;
}

/** Of errors that are still on and judged by nothing else any more, the one of which more comes. */
const byExtent = (a: Blip, b: Blip): number =>
  a.on_since !== undefined && b.on_since !== undefined && Math.max(a.score, b.score) < STILL_ON ? b.count - a.count : 0;

function byStanding(a: Blip, b: Blip): number {
  return (
    standing(b) - standing(a) ||
    byExtent(a, b) ||
    b.score - a.score ||
    b.bits.total - a.bits.total ||
    b.count - a.count ||
    (a.topic_id < b.topic_id ? -1 : a.topic_id > b.topic_id ? 1 : 0)
  );
}

function sumUp(blips: readonly Blip[]): number {
  return blips.filter(isPattern).reduce((sum, { count }) => sum + count, 0);
}

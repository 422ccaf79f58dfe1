import { rankLevel } from '../judge/levelRank.ts';
import { TREND } from '../patterns/pattern.ts';
import type { Blip, Mark } from '../../signal.ts';
import { beginLevel } from './beginLevel.ts';
import { blipKey, windowLength, merges, type RankedWindow } from './rankedWindow.ts';

/** Score from which trouble is followed: half of the full score, which calm reaches once in 10,000 windows. */
const SALIENT = 50;
/** Windows without it, or below where it began, after which it is over; of what was there from the first windows on, one. */
const OVER_AFTER = 2;
/** Windows after that in which it goes on if it comes again: what comes now and then pauses by chance. */
const RESUMES = 5;
/** Windows of a group in which an error is followed whatever its score: it may have begun before anybody looked. */
const FIRST_WINDOWS = 2;
/** How many are followed; those that began longest ago go first. */
const MOST = 256;

const errorRank = rankLevel('ERROR');

/** Trouble that has begun and goes on. Plain data; times ISO 8601. */
export interface Ongoing {
  /** Its line in the last window it was in. */
  latest: Blip;
  since: string;
  /** Count below which it is over. */
  began: number;
  /** End of the last window it was on in. */
  on: string;
  /** It was there from the first windows on: it may be trouble, or be usual, and is followed only while it never pauses. */
  from_start?: true;
}

const isError = ({ level }: Blip): boolean => rankLevel(level ?? undefined) >= errorRank;

/** Errors that came, came back or rose, and stand out: what a person wants to see until it is over. */
const begins = ({ score, state, count }: Blip): boolean =>
  count > 0 && score >= SALIENT && (state === 'new' || state === 'returning' || state === 'rising');

/** There when its group was met: nothing can be new then, and nothing is known to be usual. */
const wasThere = ({ count, state, why }: Blip): boolean =>
  count > 0 && state === 'new' && typeof why.windows_of_history === 'number' && why.windows_of_history < FIRST_WINDOWS;

/**
 * A window's lines with what is still on: each that began in an earlier window says since when (`on_since`), and one that
 * was not seen in this one has a line with a count of 0 until it is over. `ongoing` is brought up to date.
 */
export function followOngoing(blips: readonly Blip[], ongoing: Ongoing[], window: RankedWindow): Blip[] {
  const held = new Map(ongoing.map((one) => [blipKey(one.latest), one]));
  const lines = blips.map((blip): Blip => {
    const known = takeKnown(held, blip);
    if (!known) {
      if (isError(blip) && (begins(blip) || wasThere(blip))) held.set(blipKey(blip), startOngoing(blip));
      return blip;
    }
    const on = blip.count >= known.began ? blip.end : known.on;
    held.set(blipKey(blip), { ...known, latest: blip, on });
    return { ...blip, on_since: known.since };
  });
  const seen = new Set(blips.map(blipKey));
  const still = new Set<string>();
  for (const [key, one] of held) {
    const paused = pausedFor(one, window);
    const overAfter = one.from_start ? 1 : OVER_AFTER;
    if (paused >= (one.from_start ? 1 : OVER_AFTER + RESUMES)) held.delete(key);
    if (paused >= overAfter) continue;
    still.add(key);
    if (!seen.has(key)) lines.push(withoutCount(one, window));
  }
  ongoing.splice(0, ongoing.length, ...[...held.values()].slice(-MOST));
  return lines.map((line) => (still.has(blipKey(line)) ? line : withoutSince(line)));
}

/** What a person calls usual from now on is followed no further. */
export function acceptAsUsual(ongoing: Ongoing[], { target, as_usual: usual }: Mark): void {
  if (usual === undefined) return;
  const ids = new Set([target, ...usual]);
  const kept = ongoing.filter(
    ({ latest: { topic_id: topic, template_id: template, group_id: group } }) => ![topic, template, group].some((id) => ids.has(id)),
  );
  ongoing.splice(0, ongoing.length, ...kept);
}

function startOngoing(blip: Blip): Ongoing {
  const came = blip.state === 'new' && blip.first_seen > blip.start;
  const since = came ? blip.first_seen : blip.start;
  return { latest: blip, since, began: beginLevel(blip.usual), on: blip.end, ...(wasThere(blip) ? { from_start: true } : {}) };
}

/** Windows since the last one it was on in. */
const pausedFor = ({ latest, on }: Ongoing, { end }: RankedWindow): number => (Date.parse(end) - Date.parse(on)) / windowLength(latest);

/** What is held of a pattern, and of those that have become part of it: that which began first. */
function takeKnown(held: Map<string, Ongoing>, blip: Blip): Ongoing | undefined {
  let known: Ongoing | undefined;
  for (const key of [blipKey(blip), ...merges(blip)]) {
    const one = held.get(key);
    held.delete(key);
    if (one && (!known || one.since < known.since)) known = one;
  }
  return known;
}

/** The line of what was not seen in this window and is not over. */
function withoutCount({ latest, since }: Ongoing, { start, end }: RankedWindow): Blip {
  const missed = Math.min(TREND, Math.round((Date.parse(end) - Date.parse(latest.end)) / windowLength(latest)));
  const { merged: _merged, together: _together, ...kept } = latest;
  const none = { surprise: 0, burst: 0, novelty: 0, severity: 0, together: 0, total: 0 };
  return {
    ...kept,
    start,
    end,
    open: false,
    count: 0,
    score: 0,
    state: 'gone',
    bits: none,
    why: {},
    trend: [...latest.trend, ...Array<number>(missed).fill(0)].slice(-TREND),
    on_since: since,
  };
}

function withoutSince(blip: Blip): Blip {
  const { on_since: _since, ...rest } = blip;
  return rest;
}

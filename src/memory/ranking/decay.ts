import type { Json, JsonObject } from '../../event.ts';
import type { Blip } from '../../signal.ts';
import { ageFactorOf, bitsOf, scoreOf } from './salience.ts';
import { TREND } from '../topics/topic.ts';

/** Score from which a line lasts beyond its window: half of the full score, which calm reaches once in 10,000 windows. */
const LASTING = 50;
/** Score below which it is let go. */
const FLOOR = 10;
/** Lines that are kept of a group, and of all groups. */
const OF_GROUP = 16;
const OF_ALL = 256;

/** What was salient of a pattern in its strongest window so far. */
type Peak = Pick<Blip, 'bits' | 'why' | 'state' | 'start' | 'end' | 'last_seen' | 'count'> & { together?: string[] };

/** A pattern that was salient: its blip of the last window it was in, and its strongest window. Plain data. */
export interface Lasting {
  latest: Blip;
  peak: Peak;
}

/** A window that is ranked: its bounds as blips have them, and the event time ages count to, milliseconds. */
export interface RankedWindow {
  start: string;
  end: string;
  now: number;
}

/**
 * A window's blips with what was salient before: whoever looks ten minutes after a first-ever ERROR must still find it.
 * A pattern whose strongest window, aged, outweighs what it does now keeps that window's terms (`why.of_window` names
 * it); one that was not seen now gets a line with a count of 0. `lasting` is brought up to date.
 */
export function withLasting(blips: readonly Blip[], lasting: Lasting[], window: RankedWindow): Blip[] {
  const held = new Map(lasting.map((one) => [keyOf(one.latest), one]));
  const listed = blips.map((blip) => {
    const known = takeKnown(held, blip);
    const aged = known && agedBits(known.peak, window);
    if (known && aged && aged.total > blip.bits.total && scoreOf(aged.total) >= FLOOR) {
      held.set(keyOf(blip), { latest: blip, peak: known.peak });
      return { ...blip, ...termsOf(known.peak, aged, window, blip.why.learning) };
    }
    if (isLasting(blip)) held.set(keyOf(blip), { latest: blip, peak: peakOf(blip) });
    else if (known) held.set(keyOf(blip), { latest: blip, peak: known.peak });
    return blip;
  });
  const seen = new Set(blips.map(keyOf));
  const absent: Blip[] = [];
  for (const [key, one] of held) {
    if (seen.has(key)) continue;
    const aged = agedBits(one.peak, window);
    if (scoreOf(aged.total) >= FLOOR) absent.push({ ...withoutCount(one, window), ...termsOf(one.peak, aged, window) });
  }
  const kept = [...held.values()].filter(({ peak }) => scoreOf(agedBits(peak, window).total) >= FLOOR);
  lasting.splice(0, lasting.length, ...strongest(kept, window));
  return [...listed, ...absent];
}

/**
 * News, and trouble that moved, last. A change in the rate of a calm line tells about its own window: while it goes on
 * the line says so itself, and what is over is on its trend.
 */
function isLasting({ score, state, bits }: Blip): boolean {
  return score >= LASTING && (state === 'new' || state === 'returning' || bits.severity > 0);
}

/** Ages a blip to a time that is not its window's end: input that ended in the middle of a window. */
export function agedTo(blip: Blip, now: number): Blip {
  const age = now - Math.min(Date.parse(blip.last_seen), Date.parse(blip.end));
  const bits = bitsOf(blip.bits, ageFactorOf(age, lengthOf(blip)));
  return { ...blip, bits, score: scoreOf(bits.total), why: { ...blip.why, last_seen_before_close_ms: Math.max(0, age) } };
}

const keyOf = ({ group_id: group, topic_id: topic }: Blip): string => `${group}\n${topic}`;

const lengthOf = ({ start, end }: Pick<Blip, 'start' | 'end'>): number => Date.parse(end) - Date.parse(start);

/** Takes out what is held of a pattern and of those that have become part of it; returns the strongest. */
function takeKnown(held: Map<string, Lasting>, blip: Blip): Lasting | undefined {
  const keys = [keyOf(blip), ...(blip.merged ?? []).map((topic_id) => keyOf({ ...blip, topic_id }))];
  let known: Lasting | undefined;
  for (const key of keys) {
    const one = held.get(key);
    held.delete(key);
    if (one && (!known || one.peak.bits.total > known.peak.bits.total)) known = one;
  }
  return known;
}

function agedBits(peak: Peak, { now }: RankedWindow): Blip['bits'] {
  return bitsOf(peak.bits, ageFactorOf(now - Math.min(Date.parse(peak.last_seen), Date.parse(peak.end)), lengthOf(peak)));
}

function peakOf({ bits, why: { learning: _learning, ...why }, state, start, end, last_seen, count, together }: Blip): Peak {
  return { bits, why, state, start, end, last_seen, count, ...(together ? { together } : {}) };
}

/** The terms of the strongest window as part of this window's line. */
function termsOf(
  peak: Peak,
  bits: Blip['bits'],
  { now }: RankedWindow,
  learning?: Json,
): Pick<Blip, 'bits' | 'score' | 'why'> & { together?: string[] } {
  const { start, end, count, state, last_seen: last, why, together } = peak;
  const age = Math.max(0, now - Math.min(Date.parse(last), Date.parse(end)));
  const ofWindow: JsonObject = { start, end, count, state };
  return {
    bits,
    score: scoreOf(bits.total),
    why: { ...why, ...(learning === undefined ? {} : { learning }), of_window: ofWindow, last_seen_before_close_ms: age },
    ...(together ? { together } : {}),
  };
}

/** The line of a pattern that was not seen in the window: still news as long as its trend shows when it came. */
function withoutCount({ latest, peak }: Lasting, { start, end }: RankedWindow): Blip {
  const length = lengthOf({ start, end });
  const since = (from: string) => Math.round((Date.parse(start) - Date.parse(from)) / length);
  const missed = Math.min(TREND, since(latest.start));
  const news = (peak.state === 'new' || peak.state === 'returning') && since(peak.start) < TREND;
  const { merged: _merged, ...kept } = latest;
  return {
    ...kept,
    start,
    end,
    open: false,
    count: 0,
    state: news ? peak.state : 'gone',
    trend: [...latest.trend, ...Array<number>(missed).fill(0)].slice(-TREND),
  };
}

/** As many as are kept, the most salient first. */
function strongest(all: readonly Lasting[], window: RankedWindow): Lasting[] {
  const bits = new Map(all.map((one) => [one, agedBits(one.peak, window).total]));
  const ranked = [...all].sort((a, b) => bits.get(b)! - bits.get(a)! || (keyOf(a.latest) < keyOf(b.latest) ? -1 : 1));
  const ofGroup = new Map<string, number>();
  return ranked
    .filter(({ latest: { group_id: group } }) => {
      const many = (ofGroup.get(group) ?? 0) + 1;
      ofGroup.set(group, many);
      return many <= OF_GROUP;
    })
    .slice(0, OF_ALL);
}

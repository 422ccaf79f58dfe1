import type { Mark, Radar } from '../../signal.ts';
import { age, duration } from '../text/duration.ts';
import { title } from '../text/paints.ts';
import { shown, type Row } from '../text/line.ts';
import { clock, minute, moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** What is known beside the radar itself; every part may be left out. Times are milliseconds since 1970, lengths milliseconds. */
export interface RadarStatus {
  /** The source is live and so far behind. */
  live?: { behindMs: number };
  /** No events for longer than usual: what is shown is old. */
  stale?: { forMs: number; usualGapMs: number | null; asOf: number };
  /** The run cannot keep up. `kept`: what is stored meanwhile, such as `1 in 20 known lines stored, every rare one`. */
  behind?: { ms: number; growing: boolean; kept?: string };
  /** Sinks that deliver nothing and sources that give nothing, since when and why. */
  troubles?: readonly { type?: 'sink' | 'source'; id: string; since: number; why: string }[];
  /** A sentence of whoever shows it, such as how the input is read. */
  note?: string | undefined;
  /** The last deploy marker. */
  change?: { text: string; at: number };
  /** Groups with data and all groups, when some are quiet. */
  groups?: { live: number; all: number };
  /** End of a silence by topic id. */
  silenced?: Readonly<Record<string, number>>;
  /** What people have answered and still holds. */
  answers?: readonly Mark[];
  /** What a model guessed, oldest first. */
  guesses?: readonly Mark[];
}

/** The line that says the radar is blind, or half so; null when it sees. */
export function warningLine(radar: Radar, status: RadarStatus, view: ViewOptions): Row[] | null {
  const { timeZone } = view;
  const stale = status.stale ?? readStale(radar);
  if (stale) {
    const { forMs, usualGapMs, asOf } = stale;
    const usual = usualGapMs === null ? '' : `, usual gap ${duration(usualGapMs)}`;
    return [
      [title('STALE'), `  no events for ${duration(forMs)}${usual}.`],
      [`Below: as of ${clock(asOf, timeZone, parseTime(radar.end))}.`],
    ];
  }
  if (radar.learning && radar.learning.learned_ms < radar.learning.warmup_ms) {
    const { learned_ms: learned, warmup_ms: warmup } = radar.learning;
    const until = parseTime(radar.end) + warmup - learned;
    const today = clock(until, timeZone, parseTime(radar.end)) === clock(until, timeZone);
    const when = today ? minute(until, timeZone) : moment(until, timeZone).replace(/:\d\d(?=Z| )/, '');
    return [[title('LEARNING'), `  ${duration(learned)} of ${duration(warmup)}.`], [`'new' is shown but does not fire until ${when}.`]];
  }
  if (status.behind) {
    const { ms, growing, kept } = status.behind;
    const lines: Row[] = [[title('BEHIND'), `  ${duration(ms)}${growing ? ' and growing' : ''}.`]];
    return kept === undefined ? lines : [...lines, [`All lines counted; ${kept}.`]];
  }
  return null;
}

/** What a radar without an event says of it. */
function readStale({ stale, end }: Radar): RadarStatus['stale'] {
  if (!stale) return undefined;
  const asOf = parseTime(stale.as_of);
  return { forMs: Math.max(0, parseTime(end) - asOf), usualGapMs: stale.usual_gap_ms, asOf };
}

/** `Live, 6s behind.` and the last change. */
export function liveParts({ live, note, change, troubles = [] }: RadarStatus, { timeZone }: ViewOptions): Row[] {
  const parts: Row[] = [];
  if (live) parts.push([`Live, ${age(live.behindMs)} behind.`]);
  for (const { type = 'sink', id, since, why } of troubles) {
    const what = type === 'sink' ? 'delivers' : 'gives';
    parts.push([title(type.toUpperCase()), `  ${id} ${what} nothing since ${clock(since, timeZone)}: ${shown(why, { ascii: false })}.`]);
  }
  if (note !== undefined) parts.push([note]);
  if (change) parts.push([`Change: ${change.text} at ${minute(change.at, timeZone)}.`]);
  return parts;
}

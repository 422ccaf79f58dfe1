const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One round of a clock by its parts. Plain data; what came is in events an hour, -1 where nobody watched. */
interface Cycle {
  /** The part that is open: time / length of a part. */
  part: number;
  /** Events in it so far, and how much of it was watched, milliseconds. */
  sum: number;
  watched: number;
  /** What came in each part of the last round, and of the one before. */
  last: number[];
  before: number[];
}

/** What a pattern brings at each hour of the day, and in each quarter day of the week, as the last two of them showed. */
export interface Hours {
  daily: Cycle;
  weekly: Cycle;
}

/** Events an hour that are usual at a time: what came there both last times, and the most that came in one of them. */
export interface UsualAt {
  least: number;
  most: number;
}

interface Clock {
  /** Milliseconds of a part, and parts of a round. */
  width: number;
  parts: number;
  /** Parts beside it in which it may come as well: what comes by the day moves by an hour twice a year. */
  beside: number;
}

const byDay: Clock = { width: HOUR, parts: 24, beside: 1 };
const byWeek: Clock = { width: 6 * HOUR, parts: 28, beside: 0 };
/** Age from which the hours of the day and the quarter days of the week are kept: what comes for a few hours has no use for them. */
export const KEPT_FROM = DAY / 4;

export const startHours = (): Hours => ({ daily: startCycle(byDay), weekly: startCycle(byWeek) });

/** Counts `count` events between two event times, evenly; times in milliseconds, each call after the one before it. */
export function countHours({ daily, weekly }: Hours, start: number, end: number, count: number): void {
  addTo(daily, byDay, start, end, count);
  addTo(weekly, byWeek, start, end, count);
}

/** What is usual at a time by the day, and by the week; null where that clock has not gone round twice. */
export function usualAt({ daily, weekly }: Hours, time: number): UsualAt[] {
  return [usualBy(daily, byDay, time), usualBy(weekly, byWeek, time)].filter((one) => one !== null);
}

/** What two patterns that are one bring together. */
export function mergeHours(into: Hours | null, from: Hours | null): Hours | null {
  if (into === null || from === null) return into ?? from;
  return { daily: mergeCycles(into.daily, from.daily), weekly: mergeCycles(into.weekly, from.weekly) };
}

function startCycle({ parts }: Clock): Cycle {
  return { part: Number.MIN_SAFE_INTEGER, sum: 0, watched: 0, last: Array<number>(parts).fill(-1), before: Array<number>(parts).fill(-1) };
}

function addTo(cycle: Cycle, { width, parts }: Clock, start: number, end: number, count: number): void {
  // Two rounds are all that is kept: a silence of a year is no longer than they are.
  for (let at = Math.max(start, end - 2 * parts * width); at < end;) {
    const part = Math.floor(at / width);
    const until = Math.min(end, (part + 1) * width);
    if (part > cycle.part) {
      closePart(cycle, width);
      cycle.part = part;
    }
    cycle.sum += (count * (until - at)) / (end - start);
    cycle.watched += until - at;
    at = until;
  }
}

/** A part of which less than half was watched says nothing. */
function closePart(cycle: Cycle, width: number): void {
  if (cycle.watched >= width / 2) {
    const at = place(cycle.part, cycle.last.length);
    cycle.before[at] = cycle.last[at]!;
    cycle.last[at] = Number(((cycle.sum / cycle.watched) * HOUR).toPrecision(3));
  }
  cycle.sum = 0;
  cycle.watched = 0;
}

function usualBy({ last, before }: Cycle, { width, parts, beside }: Clock, time: number): UsualAt | null {
  const part = Math.floor(time / width);
  let usual: UsualAt | null = null;
  for (let i = -beside; i <= beside; i++) {
    const at = place(part + i, parts);
    if (before[at]! < 0) continue;
    const [low, high] = [Math.min(last[at]!, before[at]!), Math.max(last[at]!, before[at]!)];
    usual = usual === null ? { least: low, most: high } : { least: Math.max(usual.least, low), most: Math.min(usual.most, high) };
  }
  return usual;
}

const place = (part: number, parts: number): number => ((part % parts) + parts) % parts;

function mergeCycles(a: Cycle, b: Cycle): Cycle {
  const [later, earlier] = a.part >= b.part ? [a, b] : [b, a];
  const sums = (x: readonly number[], y: readonly number[]) => x.map((n, i) => (n < 0 || y[i]! < 0 ? Math.max(n, y[i]!) : n + y[i]!));
  const sum = later.sum + (earlier.part === later.part ? earlier.sum : 0);
  return { part: later.part, sum, watched: later.watched, last: sums(a.last, b.last), before: sums(a.before, b.before) };
}

/** When something that comes by the clock is due next. Times in milliseconds. */
export interface NextRun {
  at: number;
  /** How far apart its runs are. */
  every: number;
  /** How late it may be, by how punctual it was. */
  slack: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
/** Gaps near a day, or near a week, that make a habit, and how far from it each may be. */
const leastLong = 5;
const nearDay = hour;
const nearWeek = 3 * hour;
/**
 * Gaps in a row, all alike, that make a habit of a shorter time, the share of it by which they may differ, and the bits that
 * they must have against chance: what comes by chance is a few times alike, too.
 */
const leastShort = 8;
const alike = 0.05;
const clockBits = 30;
/** Windows between the begins of two runs at least. */
const leastApart = 3;
/** What is late by less than this is on time. */
const leastSlack = 10 * minute;

/**
 * When the next run of something is due, by when its runs began, oldest first. Null where no habit is known: five gaps
 * near a day or a week, or eight of another length in a row. A day on which it did not run a week ago is none, nor is an
 * hour in which it did not run a day ago: jobs of working days and of office hours are not missed in between. `width` is
 * how exactly a begin is known.
 */
export function nextRun(starts: readonly number[], width: number): NextRun | null {
  const last = starts.at(-1);
  if (last === undefined || starts.length <= leastLong) return null;
  const gaps = starts.slice(1).map((start, i) => start - starts[i]!);
  return byWeek(gaps, last) ?? byDay(starts, gaps, last) ?? byShort(starts, gaps, { last, width });
}

const slackFor = (offs: readonly number[]): number => Math.max(leastSlack, 2 * Math.max(...offs));
const wasNear = (starts: readonly number[], at: number, near: number): boolean => starts.some((start) => Math.abs(start - at) <= near);

function byWeek(gaps: readonly number[], last: number): NextRun | null {
  const offs = gaps.slice(-leastLong).map((gap) => Math.abs(gap - week));
  return offs.length === leastLong && offs.every((off) => off <= nearWeek) ? { at: last + week, every: week, slack: slackFor(offs) } : null;
}

function byDay(starts: readonly number[], gaps: readonly number[], last: number): NextRun | null {
  // Of the last weeks: a habit that was given up long ago is none.
  const offs = gaps.slice(-2 * leastLong).map((gap) => Math.abs(gap - day));
  const near = offs.filter((off) => off <= nearDay);
  if (near.length < leastLong || gaps.at(-1)! < day - nearDay) return null;
  for (let days = 1; days <= 7; days += 1) {
    const at = last + days * day;
    const isKnown = starts[0]! <= at - week + nearDay;
    if (isKnown ? wasNear(starts, at - week, nearDay) : days === 1) return { at, every: day, slack: slackFor(near) };
  }
  return null;
}

function byShort(starts: readonly number[], gaps: readonly number[], { last, width }: { last: number; width: number }): NextRun | null {
  const recent = gaps.slice(-leastShort);
  const every = recent.toSorted((a, b) => a - b)[leastShort / 2];
  if (recent.length < leastShort || every === undefined || every < leastApart * width || every > day - nearDay) return null;
  const near = Math.max(width, alike * every);
  const offs = recent.map((gap) => Math.abs(gap - every));
  if (offs.some((off) => off > near) || !isByTheClock(gaps, { every, width, near })) return null;
  const at = last + every;
  // A day ago it must have come at this hour, and a week ago, as far back as is known.
  const isKnown = starts[0]! <= at - day + near;
  if (!isKnown || !wasNear(starts, at - day, near)) return null;
  if (starts[0]! <= at - week + near && !wasNear(starts, at - week, near)) return null;
  return { at, every, slack: slackFor(offs) };
}

/**
 * Whether so many gaps in a row lie so near to one length that they are no chance: those of something that comes by chance are
 * spread exponentially beyond the least that there can be, about the same middle.
 */
function isByTheClock(gaps: readonly number[], { every, width, near }: { every: number; width: number; near: number }): boolean {
  const spread = (every - leastApart * width) / Math.LN2 + width;
  let farthest = 0;
  for (let many = 1; many <= gaps.length; many += 1) {
    const off = Math.abs(gaps.at(-many)! - every);
    if (off > near) return false;
    farthest = Math.max(farthest, off);
    const chance = -Math.expm1(-(2 * farthest + width) / spread);
    if (many >= leastShort && -many * Math.log2(chance) >= clockBits) return true;
  }
  return false;
}

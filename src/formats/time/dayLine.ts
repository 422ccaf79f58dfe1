import { skipBlanks } from '../header/words.ts';
import type { StampClock } from './stampClock.ts';

/** What stands in front of the date of such a line: signs that draw it, a name in parentheses, a word for it, a day of the week. */
const before =
  /^[\s=*#_~<>[\]|-]*(?:\([\w.-]+\)\s+)?(?:(?:(?:log(?:ging|file)?|session|time ?stamp|date|day|start(?:s|ed)?|opened|begins?|began|on|of|at)\b *)+[:=]?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?/i;
const behind = /^[\s=*#_~<>[\]|.-]*$/;
const day = 86_400_000;
/** Such a line is short. */
const longest = 100;

/**
 * Takes the day of a line that says nothing else (`===== 2024-06-10 =====`, `---- MONDAY, 10 JUN 2024 ----`, `TIMESTAMP
 * 6/10/2024`) as the day of the times of day below it. A date in a sentence moves nothing. Returns whether it was one.
 */
export function enterDayLine(text: string, clock: StampClock): boolean {
  if (text.length > longest || !clock.wantsDay) return false;
  const at = before.exec(text)?.[0].length ?? 0;
  if (!Number.isNaN(clock.read(text, at)) || clock.dateEnd < 0 || !behind.test(text.slice(clock.dateEnd))) return false;
  clock.enterDay();
  return true;
}

/**
 * The day of the times of day that a stream begins with, from the first line below them that names one: a day by itself, or a
 * stamp that has it. Lets `clock` begin there. Where no line does, or the first stamp has its day, the clock stays as it is.
 * @param lines the first lines of the stream
 * @param scratch a clock like `clock` that nobody else reads
 */
export function findFirstDay(lines: readonly string[], clock: StampClock, scratch: StampClock): void {
  /** The last time of day in front of the day, milliseconds of a day; NaN when there is none yet. */
  let early = Number.NaN;
  let isFound = false;
  for (const line of lines) {
    const time = scratch.read(line, skipBlanks(line, 0));
    const isStamped = !Number.isNaN(time);
    const isBare = isStamped && scratch.bare;
    if (isStamped && !isBare && !isFound) {
      if (!Number.isNaN(early) && !scratch.monthNamed) clock.follow(time);
      return;
    }
    const isDay: boolean = !isFound && enterDayLine(isBare ? line.slice(scratch.end) : line, scratch);
    if (isDay && !isBare && Number.isNaN(early)) return;
    isFound ||= isDay;
    if (!isBare) continue;
    // Behind midnight: what stood in front is of the day before.
    if (isFound) return clock.beginDay(scratch, time % day < early ? -1 : 0);
    early = time % day;
  }
}

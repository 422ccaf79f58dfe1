import { lettersEnd } from '../header/headerCursor.ts';
import { isLevelLetter, levelHint } from '../header/levelWord.ts';
import { eachPlace, mayBegin, skipToStamp } from '../header/places.ts';
import { skipBlanks } from '../header/words.ts';
import { openNumbers, type DateOrder, type Numbers } from '../time/dateOrder.ts';
import { dayMs } from '../time/isoTime.ts';
import { emptyStamp, type Stamp } from '../time/stamp.ts';
import { scanStamp } from '../time/stampScan.ts';

/** A stamp that stands somewhere in a line. */
export interface Seen {
  place: string;
  /** Milliseconds, good for comparing neighbours only: a year or day that is left out is made up. */
  time: number;
  full: boolean;
  /** It named its day. */
  dated: boolean;
  /** Whether only codes stand in front of it. */
  codes: boolean;
  /** Nothing stands behind it: a header, of which the message is on the lines behind. */
  alone: boolean;
  /** Whether a level stands behind it. */
  levelBehind: boolean;
  /** The level behind a name behind it; '' when there is none. */
  levelSecond: string;
}

/** A line with what a survey needs of it. */
export interface Look {
  /** Stamps in it: at most one, if it is at the start. */
  seen: Seen[];
  /** Whether the line begins with a level and has no stamp. */
  levelOnly: boolean;
  numbers: { kind: 'long' | 'short'; numbers: Numbers } | null;
}

const stamp = emptyStamp();
const anyOrder: DateOrder = { long: null, short: null };

function roughTime({ year, month, day: date, ms, epoch }: Stamp): number {
  if (!Number.isNaN(epoch)) return epoch;
  return dayMs(Number.isNaN(year) ? 2000 : year, Number.isNaN(month) ? 1 : month, Number.isNaN(date) ? 1 : date) + ms;
}

/** The stamp that was read in a text, at a place. */
function seenAt(text: string, place: string, codes: boolean): Seen {
  const sign = text.charCodeAt(stamp.end);
  const from = stamp.end + (sign === 93 || sign === 58 ? 1 : 0);
  const behind = skipBlanks(text, from);
  const end = lettersEnd(text, behind);
  const apart = end > behind && from < behind;
  const levelBehind = apart && (levelHint(text, behind, end) !== 'none' || isLetterColumn(text, behind, end));
  return {
    place,
    time: roughTime(stamp),
    full: !Number.isNaN(stamp.epoch) || !Number.isNaN(stamp.year),
    dated: !Number.isNaN(stamp.epoch) || !Number.isNaN(stamp.day),
    codes,
    alone: stamp.end === text.trimEnd().length,
    levelBehind,
    levelSecond: apart && !levelBehind ? secondWord(text, behind) : '',
  };
}

/** Whether the word at `at` can begin a stamp and does, with a time of day. klog's letter and month count. */
function isStamp(text: string, at: number): boolean {
  if (!mayBegin(text.charCodeAt(at))) return false;
  if (scanStamp(text, at, stamp, anyOrder)) return stamp.timed;
  return (
    /^[DIWEFC](?:\d{4}|\d{6}|\d{8}) \d\d:\d\d/.test(text.slice(at, at + 16)) && scanStamp(text, text.indexOf(' ', at) + 1, stamp, anyOrder)
  );
}

/** What one line says: its stamp at the start, or all the stamps in it. */
export function look(text: string): Look {
  const start = skipBlanks(text, 0);
  const priority = /^<\d{1,3}>(?:1 )?(?:\d+: )?/.exec(text.slice(start, start + 24));
  const from = priority ? start + priority[0].length : start;
  const at = skipToStamp(text, from);
  if (isStamp(text, at)) {
    const seen = [seenAt(text, 'start', true)];
    const numbers = stamp.open === '' ? null : openNumbers(text.slice(at, at + 12));
    return { seen, levelOnly: false, numbers: numbers && { kind: stamp.open as 'long' | 'short', numbers } };
  }
  const seen: Seen[] = [];
  let numbers: Look['numbers'] = null;
  eachPlace(text, from, (place) => {
    if (!isStamp(text, place.at)) return false;
    // Behind a colon a time of day alone is the rest of another.
    if (place.name.startsWith('c') && Number.isNaN(stamp.month) && Number.isNaN(stamp.epoch)) return false;
    const found = stamp.open === '' ? null : openNumbers(text.slice(place.at, place.at + 12));
    numbers ??= found && { kind: stamp.open as 'long' | 'short', numbers: found };
    seen.push(seenAt(text, place.name, place.codes));
    return seen.length >= 4;
  });
  const end = lettersEnd(text, from);
  const levelOnly = seen.length === 0 && levelHint(text, from, end) !== 'none' && text.charCodeAt(end) === 58;
  return { seen, levelOnly, numbers };
}

/** `e `: a letter that stands for a level, in any case. */
const isLetterColumn = (text: string, from: number, to: number): boolean =>
  to - from === 1 && isLevelLetter(text.charCodeAt(from) & 0xdf) && text.charCodeAt(to) === 32;

/** The level word behind the name at `at`; '' when there is none. */
function secondWord(text: string, at: number): string {
  const found = /^[A-Za-z][\w.$/@-]* +([A-Za-z]{3,13})(?= |\[|:|$)/.exec(text.slice(at, at + 120))?.[1] ?? '';
  return levelHint(found, 0, found.length) === 'none' ? '' : found;
}

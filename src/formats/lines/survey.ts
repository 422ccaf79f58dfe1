import type { JsonObject } from '../../event.ts';
import { oneWord } from '../header/componentPart.ts';
import { emptyHeader } from '../header/header.ts';
import { peelHeader } from '../header/headerPeel.ts';
import { levelHint } from '../header/levelWord.ts';
import { parseObject } from '../json/parseObject.ts';
import { isSyslogRecord, levelNumber, settleScale } from '../json/levelScale.ts';
import { settleOrder, type DateOrder } from '../time/dateOrder.ts';
import { StampClock } from '../time/stampClock.ts';
import { look, type Look, type Seen } from './look.ts';
import { opensParagraph, paragraphHead } from './paragraphs.ts';
import type { StreamReading } from './streamReading.ts';
import { barName, unwrap } from './wrapper.ts';

/** A share of the lines that settles a question about all of them. */
const most = 0.8;
/** Below this many lines a place in the midst of them is believed only behind codes. */
const fewLines = 3;
const day = 86_400_000;

/** Whether most lines have a level as their second word: at least two levels, or it might be what all of them are about. */
function isLevelSecond(stamped: readonly Seen[]): boolean {
  const words = stamped.map(({ levelSecond }) => levelSecond).filter((word) => word !== '');
  return words.length >= most * stamped.length && new Set(words).size > 1;
}

/** Whether most steps from one stamp to the next go forward, or most go back, as in a file with the newest first. */
function steps(times: readonly number[]): boolean {
  let [forward, back] = [0, 0];
  for (const [i, time] of times.entries()) {
    if (i === 0) continue;
    if (time >= times[i - 1]!) forward += 1;
    if (time <= times[i - 1]!) back += 1;
  }
  return times.length < 2 || Math.max(forward, back) >= most * (times.length - 1);
}

/** The places, other than the start, at which most of the lines hold a stamp that steps forward; best first. */
function settlePlaces(looks: readonly Look[], reference: number | undefined): string[] {
  const places: string[] = [];
  let rest = looks.filter(({ seen }) => seen[0]?.place !== 'start');
  for (;;) {
    const byPlace = new Map<string, Seen[]>();
    for (const { seen } of rest) {
      for (const each of seen.filter((one, i) => seen.findIndex(({ place }) => place === one.place) === i))
        byPlace.set(each.place, [...(byPlace.get(each.place) ?? []), each]);
    }
    // Of equals the leftmost: it was met first.
    const best = [...byPlace].find(([, seen]) => isPlace(seen, rest.length, looks.length, reference));
    if (!best) return places;
    places.push(best[0]);
    rest = rest.filter(({ seen }) => !seen.some(({ place }) => place === best[0]));
  }
}

/** Keys whose values are times, and those of messages that begin with one (`msg=audit(...)`). */
const timeKeys = /(?:time|date|stamp|ts|start|rt|when|msg)$/i;

/** Whether the stamps seen at a place are those of the lines that have none yet. */
function isPlace(seen: readonly Seen[], lines: number, all: number, reference: number | undefined): boolean {
  // A day behind nothing but codes is the header's, whatever it says.
  const { place } = seen[0]!;
  if (seen.length * 2 >= lines && seen.every(({ codes, dated }) => (codes || place === '[') && dated)) return true;
  if (seen.length > 1 && seen.every(({ codes, dated, full, alone }) => codes && dated && full && alone)) return true;
  const times = seen.map(({ time }) => time);
  const named = place.startsWith('k:') && timeKeys.test(place);
  if (!steps(times) && !(named && seen.length >= most * all)) return false;
  const early = reference === undefined || seen.every(({ full, time }) => !full || time <= reference + day);
  if (!early) return false;
  if (place.startsWith('k:') && !timeKeys.test(place)) return false;
  if (all < fewLines)
    return (
      seen.length * 2 >= lines && seen.every((one) => one.codes || place.startsWith('k:') || place === '[' || (place === 't1' && one.full))
    );
  if (seen.length >= most * all) return true;
  // Among lines of other kinds many stamps in order say enough, or fewer behind codes.
  const enough = seen.length >= 8 && new Set(times).size > seen.length / 2 && seen.length >= lines / 4;
  return enough || (seen.length >= most * lines && seen.every(({ codes }) => codes));
}

function settleColumn(lines: readonly string[]): number {
  const bars = lines.map((line) => barName(line)?.bar ?? -1);
  const column = bars.find((bar) => bar >= 0) ?? -1;
  const names = new Set(lines.map((line) => barName(line)?.name));
  if (column < 0 || bars.filter((bar) => bar === column).length < most * lines.length) return -1;
  // One name alone is a table's column as well; compose pads it with at least one blank, and its lines are stamped or JSON.
  return names.size > 1 || lines.length >= fewLines ? column : -1;
}

/** Numbers and words at the level of JSON records. */
function settleLevels(records: readonly JsonObject[]): StreamReading['scale'] {
  const values = records.flatMap(({ level, severity, lvl }) => {
    const number = levelNumber(level ?? severity ?? lvl);
    return Number.isNaN(number) ? [] : [number];
  });
  return records.some((record) => isSyslogRecord(record)) ? 'syslog' : settleScale(values);
}

/**
 * Reads the first lines of a stream and settles what they have in common: where their stamps stand, the order of their
 * dates, what their numbers mean. A pure function of the lines.
 * @param reference milliseconds since 1970 that no record is later than
 */
export function survey(raws: readonly string[], reference: number | undefined, dayFirst: boolean): StreamReading {
  const column = settleColumn(raws.filter((raw) => raw.trim() !== ''));
  const texts = raws.map((raw) => unwrap(raw, column)?.text ?? raw);
  const records = texts.map((text) => parseObject(text)).filter((record) => record !== null);
  const plain = texts.filter((text) => text.trim() !== '' && !/^\s*[{}\]]/.test(text));
  // Indented lines belong to others, unless all are.
  const flush = plain.filter((text) => !/^\s/.test(text));
  const looks = (flush.length > 0 ? flush : plain).map((text) => look(text));
  const head = paragraphHead(texts);
  // Of paragraphs the first line has the stamp, if any.
  const heads = head === '' ? [] : plain.filter((text) => opensParagraph(text, head)).map((text) => look(text));
  const places = settlePlaces(heads.some(({ seen }) => seen.length > 0) ? heads : looks, reference);
  const stamped = looks.flatMap(({ seen }) => seen.find(({ place }) => place === 'start' || places.includes(place)) ?? []);
  const numbers = (kind: 'long' | 'short') => looks.flatMap((one) => (one.numbers?.kind === kind ? [one.numbers.numbers] : []));
  const short = settleOrder('short', numbers('short'), reference);
  // Points are for days that come first.
  const dotted = flush.some((text) => /^\W{0,3}\d{1,2}\.\d{1,2}\.\d{4}\b/.test(text));
  const long = (settleOrder('long', numbers('long'), reference) ?? (dotted ? 'dmy' : null)) as DateOrder['long'];
  return {
    places,
    tags: hasTags(flush, reference),
    levelFirst: stamped.length > 1 && stamped.filter(({ levelBehind }) => levelBehind).length >= most * stamped.length,
    levelSecond: isLevelSecond(stamped),
    order: dayFirst ? { long: 'dmy', short: 'dmy' } : { long, short },
    scale: settleLevels(records),
    column,
    twoLines: isTwoLines(looks),
    head,
  };
}

/** Fewer lines with a level do not show whether the word behind it is a name. */
const fewTags = 4;

/** Whether nearly all messages behind a level begin with one of a few words and a colon or dash (`core: `, `shop - `): names, not what happened. */
function hasTags(texts: readonly string[], reference: number | undefined): boolean {
  const header = emptyHeader();
  const clock = new StampClock({ timeZone: 'UTC', dayFirst: false }, reference);
  let levelled = 0;
  const tags: string[] = [];
  for (const text of texts) {
    peelHeader(text, 0, clock, header);
    if (header.level === '' || header.component !== '' || Number.isNaN(header.time)) continue;
    levelled += 1;
    const body = text.slice(header.bodyAt, header.bodyAt + 60);
    const word = /^([\w-]+)(?:: | --? )/.exec(body)?.[1] ?? '';
    if (oneWord.test(word) && levelHint(word, 0, word.length) === 'none') tags.push(word);
  }
  const kinds = new Set(tags).size;
  return levelled >= fewTags && tags.length >= most * levelled && kinds > 1 && kinds * 2 <= tags.length;
}

/** Whether nearly every line with a level and no stamp follows one with a stamp, and these take turns. */
function isTwoLines(looks: readonly Look[]): boolean {
  const levelled = looks.filter(({ levelOnly }) => levelOnly).length;
  const behind = looks.filter(
    ({ levelOnly }, i) => levelOnly && looks[i - 1]?.seen[0]?.place === 'start' && !looks[i - 1]!.seen[0]!.levelBehind,
  ).length;
  const stamped = looks.filter(({ seen }) => seen[0]?.place === 'start').length;
  return levelled > 0 && behind >= most * levelled && behind * 2 >= stamped;
}

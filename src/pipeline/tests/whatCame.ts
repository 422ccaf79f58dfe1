import { fieldAt } from '../../../config/scalars.ts';
import { listCandidates, within, type Candidate } from './candidates.ts';
import { check, type Seen, type Timing } from './expectations.ts';
import { loosened } from './loosened.ts';
import { drawMarbles, parseMarbles, type Mark } from './marbleText.ts';
import { renderMarbles } from './renderMarbles.ts';
import { matches } from './matches.ts';
import { nearest } from './mismatches.ts';
import type { Change } from './rewrite.ts';
import type { Expectation } from './testCase.ts';

/**
 * What an expectation has to say instead, so that it holds of what came; nothing when it holds already. A sentence when
 * no change of its words can make it hold.
 */
export function whatCame(expected: Expectation, seen: Seen, timing: Timing): Change[] | string {
  if (check(expected, seen, timing).length === 0) return [];
  if (expected.nothing !== undefined) return `something was ${expected.nothing}: mend the feed, or take the expectation out`;
  const all = listCandidates(seen.signals, expected);
  const inTime = all.filter(({ time }) => within(time - timing.start, expected));
  const parts = [
    expected.marbles === undefined ? [] : newMarbles(expected, all, timing),
    expected.order === undefined ? [] : newOrder(expected.order, inTime),
    expected.match === undefined && expected.count === undefined ? [] : newMatch(expected, all, inTime, timing),
  ];
  const changes: Change[] = [];
  for (const part of parts) {
    if (typeof part === 'string') return part;
    changes.push(...part);
  }
  return changes;
}

function newMatch(expected: Expectation, all: readonly Candidate[], inTime: readonly Candidate[], timing: Timing): Change[] | string {
  const { match = {}, count } = expected;
  const found = inTime.filter((c) => matches(c.record, match)).length;
  if (count !== undefined) return found === count ? [] : [{ path: ['count'], value: found }];
  if (found > 0) return [];
  const elsewhere = all.find((c) => matches(c.record, match));
  const best = elsewhere ?? nearest(inTime, match)?.candidate ?? nearest(all, match)?.candidate;
  // Nothing came at all, which is a fact as well.
  if (!best) return [{ path: ['count'], value: 0 }];
  const offset = best.time - timing.start;
  if (offset < 0) return 'what is nearest came before the start: give the test a start of its own';
  return [...loosened(match, best.record, ['match']), ...newTimes(expected, offset)];
}

/** Bounds, in seconds, that let a time in. */
function newTimes({ at, by, after }: Expectation, offset: number): Change[] {
  const [down, up] = [written(Math.floor(offset / 1000)), written(Math.ceil(offset / 1000))];
  return [
    ...(at !== undefined && !within(offset, { at }) ? [{ path: ['at'], value: down }] : []),
    ...(by !== undefined && offset > by ? [{ path: ['by'], value: up }] : []),
    ...(after !== undefined && offset < after ? [{ path: ['after'], value: down }] : []),
  ];
}

/** Seconds in the largest unit that takes them whole. */
function written(seconds: number): string {
  const [unit, name] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'm'],
    ] as const
  ).find(([length]) => seconds > 0 && seconds % length === 0) ?? [1, 's'];
  return `${seconds / unit}${name}`;
}

/** The fields that were asked for, of all that came and have one of them. */
function newOrder(order: readonly Record<string, unknown>[], inTime: readonly Candidate[]): Change[] | string {
  let next = 0;
  for (const { record } of inTime) if (next < order.length && matches(record, order[next]!)) next += 1;
  if (next === order.length) return [];
  const came = inTime.map(({ record }) => pickFields(record, listNames(order))).filter((fields) => Object.keys(fields).length > 0);
  return came.length > 0 ? [{ path: ['order'], value: came }] : 'nothing came that could stand in an order';
}

/** The diagram as it was, with a new letter for each thing that is none of the old ones. */
function newMarbles(expected: Expectation, all: readonly Candidate[], timing: Timing): Change[] | string {
  const { actual, same, letters, values } = renderMarbles(expected, all, timing);
  if (same) return [];
  const names = listNames(Object.values(values));
  const fresh = new Map<string, { letter: string; fields: Record<string, unknown> }>();
  const free = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'].filter(
    (letter) => !letters.includes(letter) && !Object.hasOwn(values, letter),
  );
  const marks = all.map(({ record }, i): Mark => {
    const mark = actual[i]!;
    if (mark.letter !== '?') return mark;
    const fields = pickFields(record, names);
    const key = JSON.stringify(fields);
    const known = fresh.get(key) ?? { letter: free[fresh.size] ?? '?', fields };
    fresh.set(key, known);
    return { ...mark, letter: known.letter };
  });
  const { end } = parseMarbles(expected.marbles ?? '');
  const drawn = drawMarbles(marks, end === null ? null : Math.max(end, (marks.at(-1)?.frame ?? -1) + 1));
  if (!readsAs(drawn, marks)) return 'what came cannot be drawn with this frame: a shorter one keeps groups apart';
  const added = [...fresh.values()].map(({ letter, fields }): Change => ({ path: ['values', letter], value: fields }));
  return [{ path: ['marbles'], value: drawn }, ...added];
}

function readsAs(drawn: string, marks: readonly Mark[]): boolean {
  if (drawn.includes('?') || marks.some(({ frame }) => frame < 0)) return false;
  return JSON.stringify(parseMarbles(drawn).marks) === JSON.stringify(marks);
}

const listNames = (asked: readonly Record<string, unknown>[]) => [...new Set(asked.flatMap((fields) => Object.keys(fields)))];

function pickFields(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, fieldAt(record, name)]).filter(([, value]) => value !== undefined));
}

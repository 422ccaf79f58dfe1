import type { Signal } from '../../signal.ts';
import { duration, offset } from '../../views/text/duration.ts';
import { listCandidates, summarizeCandidate, within, type Candidate } from './candidates.ts';
import { drawMarbles } from './marbleText.ts';
import { renderMarbles } from './renderMarbles.ts';
import { matches } from './matches.ts';
import { nearest, type Mismatch } from './mismatches.ts';
import type { Expectation } from './testCase.ts';
import { timeline } from './timeline.ts';

export interface Seen {
  place: string;
  signals: readonly Signal[];
  report: { late: number; rejected: readonly { reason: string; count: number; example: string }[] };
}

export interface Timing {
  start: number;
  frame: number;
}

const shownAtMost = 6;

/** What is wrong with what was seen, in lines ready to print; empty when the expectation holds. */
export function check(expected: Expectation, seen: Seen, timing: Timing): string[] {
  if (expected.nothing === 'late') return seen.report.late === 0 ? [] : [`expected nothing late, ${seen.report.late} records were`];
  if (expected.nothing === 'rejected') {
    const { rejected } = seen.report;
    return rejected.length === 0 ? [] : ['expected nothing rejected', ...rejected.map((r) => `  ${r.count} ${r.reason} (${r.example})`)];
  }
  const candidates = listCandidates(seen.signals, expected);
  return [
    ...(expected.marbles === undefined ? [] : checkMarbles(expected, candidates, timing, seen.place)),
    ...(expected.order === undefined ? [] : checkOrder(expected, candidates, timing, seen.place)),
    ...(expected.match === undefined && expected.count === undefined ? [] : checkCount(expected, candidates, timing, seen.place)),
  ];
}

function checkCount(expected: Expectation, all: Candidate[], timing: Timing, place: string): string[] {
  const { match = {}, count } = expected;
  const inTime = all.filter(({ time }) => within(time - timing.start, expected));
  const found = inTime.filter((c) => matches(c.record, match));
  if (count === undefined ? found.length > 0 : found.length === count) return [];
  const asked = Object.keys(match).length > 0 ? ` matching ${JSON.stringify(match)}` : '';
  const elsewhere = all.filter((c) => matches(c.record, match) && !inTime.includes(c));
  const near =
    elsewhere.length > 0
      ? [
          `  matching at another time: ${elsewhere
            .slice(0, shownAtMost)
            .map((c) => offset(c.time - timing.start))
            .join(', ')}`,
        ]
      : [];
  return [
    `expected ${count ?? 'at least 1'} from ${place}${asked}, got ${found.length}`,
    ...near,
    ...timeline(
      all.map((c) => ({ offset: c.time - timing.start, fits: matches(c.record, match) })),
      expected,
      timing.frame,
    ),
    ...(found.length === 0 && elsewhere.length === 0 ? nearestLines(all, match, timing) : []),
    ...listing(inTime, timing),
  ];
}

function checkOrder(expected: Expectation, all: Candidate[], timing: Timing, place: string): string[] {
  const { order = [] } = expected;
  const inTime = all.filter(({ time }) => within(time - timing.start, expected));
  let [next, from] = [0, 0];
  for (const [i, { record }] of inTime.entries()) {
    if (next < order.length && matches(record, order[next]!)) [next, from] = [next + 1, i + 1];
  }
  const missing = order[next];
  if (missing === undefined) return [];
  return [
    `expected from ${place} in this order, number ${next + 1} did not come: ${JSON.stringify(missing)}`,
    ...timeline(
      inTime.map((c, i) => ({ offset: c.time - timing.start, fits: i < from && order.some((wanted) => matches(c.record, wanted)) })),
      expected,
      timing.frame,
    ),
    ...nearestLines(inTime.slice(from), missing, timing),
    ...listing(inTime, timing),
  ];
}

function checkMarbles(expected: Expectation, all: Candidate[], timing: Timing, place: string): string[] {
  const { wanted, actual, same, letters, values } = renderMarbles(expected, all, timing);
  if (same) return [];
  const unknown = all.filter((_, i) => actual[i]!.letter === '?');
  return [
    `from ${place}, a character is ${duration(timing.frame)}`,
    `  expected  ${drawMarbles(wanted)}`,
    `  actual    ${drawMarbles(actual)}`,
    ...letters.map((letter) => `  ${letter} = ${JSON.stringify(values[letter] ?? {})}`),
    ...unknown
      .slice(0, shownAtMost)
      .flatMap((c) => [`  ? at ${offset(c.time - timing.start)} is ${summarizeCandidate(c)}`, ...differencesTo(letters, values, c)]),
  ];
}

/** In what a thing that is no letter differs from the letter it is most like. */
function differencesTo(letters: readonly string[], values: Record<string, Record<string, unknown>>, candidate: Candidate): string[] {
  const all = letters.map((letter) => ({ letter, differs: nearest([candidate], values[letter] ?? {})!.differs }));
  const [like] = all.toSorted((a, b) => a.differs.length - b.differs.length);
  return like ? differenceLines(like.differs, `${like.letter} has`) : [];
}

/** What came closest, and in what it differs. */
function nearestLines(candidates: readonly Candidate[], wanted: Record<string, unknown>, { start }: Timing): string[] {
  const found = nearest(candidates, wanted);
  return found ? [`  nearest, at ${offset(found.candidate.time - start)}:`, ...differenceLines(found.differs, 'expected')] : [];
}

/** Fields under each other: what was wanted, what came. */
function differenceLines(differs: readonly Mismatch[], word: string): string[] {
  const rows = differs.map(
    ({ path, wanted, actual }) => [path, JSON.stringify(wanted), actual === undefined ? 'nothing' : JSON.stringify(actual)] as const,
  );
  const [name, value] = [Math.max(...rows.map(([path]) => path.length)), Math.max(...rows.map(([, wanted]) => wanted.length))];
  return rows.map(([path, wanted, actual]) => `    ${path.padEnd(name)}  ${word} ${wanted.padEnd(value)}  got ${actual}`);
}

function listing(candidates: readonly Candidate[], { start }: Timing): string[] {
  if (candidates.length === 0) return ['  nothing came then'];
  const shown = candidates.slice(0, shownAtMost).map((c) => [offset(c.time - start), summarizeCandidate(c)] as const);
  const width = Math.max(...shown.map(([time]) => time.length));
  const lines = shown.map(([time, what]) => `  ${time.padStart(width)}  ${what}`);
  return candidates.length > shownAtMost ? [...lines, `  and ${candidates.length - shownAtMost} more`] : lines;
}

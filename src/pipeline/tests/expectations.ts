import type { Signal } from '../../signal.ts';
import type { RunReport } from '../report.ts';
import { drawMarbles, parseMarbles, type Mark } from './marbleText.ts';
import { matches } from './matches.ts';
import type { Expectation } from './testCase.ts';

export interface Seen {
  place: string;
  signals: readonly Signal[];
  report: RunReport;
}

interface Timing {
  start: number;
  frame: number;
}

/** A thing a test can match: a signal's record, or a blip inside a radar. */
interface Candidate {
  time: number;
  kind: string;
  record: Record<string, unknown>;
}

const second = 1000;
const shownAtMost = 6;

/** What is wrong with what was seen, in lines ready to print; empty when the expectation holds. */
export function check(expected: Expectation, seen: Seen, timing: Timing): string[] {
  if (expected.nothing === 'late') return seen.report.late === 0 ? [] : [`expected nothing late, ${seen.report.late} records were`];
  if (expected.nothing === 'rejected') {
    const { rejected } = seen.report;
    return rejected.length === 0 ? [] : ['expected nothing rejected', ...rejected.map((r) => `  ${r.count} ${r.reason} (${r.example})`)];
  }
  const candidates = candidatesOf(seen.signals, expected);
  const inTime = candidates.filter(({ time }) => within(time - timing.start, expected));
  return [
    ...(expected.marbles === undefined ? [] : checkMarbles(expected, candidates, timing, seen.place)),
    ...(expected.order === undefined ? [] : checkOrder(expected.order, inTime, timing, seen.place)),
    ...(expected.match === undefined && expected.count === undefined ? [] : checkCount(expected, inTime, candidates, timing, seen.place)),
  ];
}

function candidatesOf(signals: readonly Signal[], { kind, match }: Expectation): Candidate[] {
  return signals.flatMap((signal) => {
    const record = (signal as unknown as Record<string, Record<string, unknown>>)[signal.kind] ?? {};
    const own: Candidate[] = [{ time: signal.time, kind: signal.kind, record }];
    // A radar is asked by its lines as well: `match: { label: ... }` finds one of its blips.
    const asks = Object.keys(match ?? {}).map((path) => path.split('.')[0]!);
    const ofBlips = signal.kind === 'radar' && asks.length > 0 && !asks.every((name) => Object.hasOwn(record, name));
    const found = ofBlips ? signal.radar.blips.map((blip) => ({ time: signal.time, kind: 'radar', record: blip as unknown as Record<string, unknown> })) : own;
    return found.filter((c) => kind === undefined || c.kind === kind);
  });
}

function within(offset: number, { at, by, after }: Expectation): boolean {
  if (at !== undefined && (offset < at || offset >= at + second)) return false;
  if (by !== undefined && offset > by) return false;
  return after === undefined || offset >= after;
}

function checkCount({ match = {}, count }: Expectation, inTime: Candidate[], all: Candidate[], timing: Timing, place: string): string[] {
  const found = inTime.filter((c) => matches(c.record, match));
  if (count === undefined ? found.length > 0 : found.length === count) return [];
  const wanted = `${count === undefined ? 'at least 1' : String(count)} from ${place} matching ${JSON.stringify(match)}`;
  const elsewhere = all.filter((c) => matches(c.record, match) && !inTime.includes(c));
  const near = elsewhere.length > 0 ? [`  matching at another time: ${elsewhere.slice(0, shownAtMost).map((c) => offsetText(c.time - timing.start)).join(', ')}`] : [];
  return [`expected ${wanted}, got ${found.length}`, ...near, ...listing(inTime, timing)];
}

function checkOrder(order: readonly Record<string, unknown>[], inTime: Candidate[], timing: Timing, place: string): string[] {
  let next = 0;
  for (const { record } of inTime) if (next < order.length && matches(record, order[next]!)) next += 1;
  if (next === order.length) return [];
  return [`expected from ${place} in this order, number ${next + 1} did not come: ${JSON.stringify(order[next])}`, ...listing(inTime, timing)];
}

function checkMarbles({ marbles = '', values = {} }: Expectation, all: Candidate[], { start, frame }: Timing, place: string): string[] {
  const expected = parseMarbles(marbles).marks;
  const letters = [...new Set(expected.map((m) => m.letter))];
  const letterOf = ({ record }: Candidate) => letters.find((letter) => matches(record, values[letter] ?? {})) ?? '?';
  const actual: Mark[] = all.map((c) => ({ frame: Math.floor((c.time - start) / frame), letter: letterOf(c) }));
  const same = actual.length === expected.length && actual.every((m, i) => m.frame === expected[i]!.frame && m.letter === expected[i]!.letter);
  if (same) return [];
  const unknown = all.filter((c) => letterOf(c) === '?');
  return [
    `from ${place}, frames of ${frame} ms`,
    `  expected  ${drawMarbles(expected)}`,
    `  actual    ${drawMarbles(actual)}`,
    ...unknown.slice(0, shownAtMost).map((c) => `  ? at ${offsetText(c.time - start)} is ${summaryOf(c)}`),
    ...letters.map((letter) => `  ${letter} = ${JSON.stringify(values[letter] ?? {})}`),
  ];
}

function listing(candidates: readonly Candidate[], { start }: Timing): string[] {
  if (candidates.length === 0) return ['  nothing came then'];
  const lines = candidates.slice(0, shownAtMost).map((c) => `  ${offsetText(c.time - start)}  ${summaryOf(c)}`);
  return candidates.length > shownAtMost ? [...lines, `  and ${candidates.length - shownAtMost} more`] : lines;
}

/** The fields that tell signals of a kind apart. */
function summaryOf({ kind, record }: Candidate): string {
  const names = ['label', 'state', 'score', 'level', 'count', 'rule', 'title', 'severity', 'reason', 'text', 'group_id'];
  const told = names.filter((name) => Object.hasOwn(record, name)).map((name) => `${name}=${JSON.stringify(record[name])}`);
  return `${kind} ${told.join(' ')}`;
}

function offsetText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / second);
  return `${ms < 0 ? '-' : '+'}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

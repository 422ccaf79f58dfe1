import { readRecord } from '../../base/readRecord.ts';
import type { Signal } from '../../signal.ts';
import type { Expectation } from './testCase.ts';

/** A thing a test can match: a signal's record, or a blip inside a radar. */
export interface Candidate {
  time: number;
  kind: string;
  record: Record<string, unknown>;
}

/** What is left of a window of a second that `at` names. */
const second = 1000;

/** What came out at a place, as an expectation asks for it. */
export function listCandidates(signals: readonly Signal[], { kind, match }: Pick<Expectation, 'kind' | 'match'>): Candidate[] {
  return signals.flatMap((signal) => {
    const record = readRecord(signal);
    const own: Candidate[] = [{ time: signal.time, kind: signal.kind, record }];
    // A radar is asked by its lines as well: `match: { label: ... }` finds one of its blips.
    const asks = Object.keys(match ?? {}).map((path) => path.split('.')[0]!);
    const ofBlips = signal.kind === 'radar' && asks.length > 0 && !asks.every((name) => Object.hasOwn(record, name));
    const found = ofBlips ? signal.radar.blips.map((blip) => ({ time: signal.time, kind: 'radar', record: { ...blip } })) : own;
    return found.filter((c) => kind === undefined || c.kind === kind);
  });
}

/** Whether a time, in milliseconds after the start, is one at which something is expected. */
export function within(offset: number, { at, by, after }: Pick<Expectation, 'at' | 'by' | 'after'>): boolean {
  if (at !== undefined && (offset < at || offset >= at + second)) return false;
  if (by !== undefined && offset > by) return false;
  return after === undefined || offset >= after;
}

/** The fields that tell signals of a kind apart. */
export function summarizeCandidate({ kind, record }: Candidate): string {
  const names = ['label', 'state', 'score', 'level', 'count', 'rule', 'title', 'severity', 'reason', 'text', 'group_id'];
  const shown = names.filter((name) => Object.hasOwn(record, name)).map((name) => `${name}=${JSON.stringify(record[name])}`);
  return `${kind} ${shown.join(' ')}`;
}

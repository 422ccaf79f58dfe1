import { setNewest } from '../../base/evictOldest.ts';
import { toIso } from '../../event.ts';
import type { Rejected, Signal } from '../../signal.ts';
import { reduceReason } from '../../views/summary/reasonKinds.ts';
import type { Decision, GroupLine, RejectedLine } from '../../findings/whyNot/decision.ts';
import { GroupCounter, recordBlip, recordFinding, standingKey } from '../../findings/whyNot/record.ts';

/** Findings whose last standing is known, and kinds of rejected records. */
const mostFindings = 10_000;
/** Rejected records of a kind that are counted before that is written. */
const mostCounted = 1000;

/** Where the reducer stands; plain JSON. Times are milliseconds of event time. */
export interface SavedDecisions {
  newest: number;
  groups: { end: number | null; lines: GroupLine[] };
  /** Of each finding what its last line says, by id. */
  standings: [string, string][];
  rejected: [string, RejectedLine][];
}

/**
 * What was decided about what, of the signals that leave the last operators: how much came of each group, what stood out, what
 * findings came to. A pure fold: the same signals give the same decisions, saved and taken up anywhere between.
 */
export class DecisionReducer {
  #groups = new GroupCounter();
  #standings = new Map<string, string>();
  /** Rejected records by source and kind of reason: those that are not told yet. */
  #rejected = new Map<string, RejectedLine>();
  /** Newest event time, milliseconds: a record that could not be read has none of its own. */
  #newest = 0;

  /** Takes a signal. Returns what is decided by it; null for nothing, which is so of nearly every event. */
  see(signal: Signal): Decision[] | null {
    if (signal.kind === 'event') {
      if (signal.time > this.#newest) this.#newest = signal.time;
      const over = this.#groups.see(signal);
      return over && [...over, ...this.#countedRejected()];
    }
    if (signal.kind === 'blip') {
      const line = recordBlip(signal.blip);
      return line && [line];
    }
    if (signal.kind === 'finding') {
      const line = recordFinding(signal.finding);
      const standing = standingKey(line);
      const isNew = this.#standings.get(line.id) !== standing;
      setNewest(this.#standings, line.id, standing, mostFindings);
      return isNew ? [line] : null;
    }
    return signal.kind === 'rejected' ? this.#reject(signal.rejected, Math.max(signal.time, this.#newest)) : null;
  }

  /** Nothing more comes: what was counted and not told yet. */
  flush(): Decision[] {
    return [...this.#groups.flush(), ...this.#countedRejected()];
  }

  save(): SavedDecisions {
    return { newest: this.#newest, groups: this.#groups.save(), standings: [...this.#standings], rejected: [...this.#rejected] };
  }

  load({ newest, groups, standings, rejected }: SavedDecisions): void {
    this.#newest = newest;
    this.#groups.load(groups);
    this.#standings = new Map(standings);
    this.#rejected = new Map(rejected);
  }

  /** The first of a kind is told at once, for it may be what somebody asks about; the others are counted. */
  #reject({ source, reason: given }: Rejected, time: number): RejectedLine[] | null {
    const reason = reduceReason(given);
    const key = `${source}\0${reason}`;
    const known = this.#rejected.get(key);
    const line: RejectedLine = known ?? { kind: 'rejected', at: toIso(time), source, count: 0, reason };
    line.count += 1;
    if (known && line.count < mostCounted) return null;
    setNewest(this.#rejected, key, { ...line, count: 0 }, mostFindings);
    return [{ ...line, at: toIso(time) }];
  }

  #countedRejected(): RejectedLine[] {
    const lines = [...this.#rejected.values()].filter(({ count }) => count > 0).map((line) => ({ ...line, at: toIso(this.#newest) }));
    for (const line of this.#rejected.values()) line.count = 0;
    return lines;
  }
}

import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import type { RunReport } from '../../run/report.ts';
import type { Signal } from '../../signal.ts';
import type { CollectedRow } from '../../views/tables/collectedTable.ts';
import { count } from '../../views/text/numbers.ts';

/** Groups counted by name; events of further ones are counted together. */
const most = 1_000;
const others = '(other groups)';

/** What one collector has brought: how much, of which groups, of which times. */
export class Collected {
  readonly #id: string;
  readonly #source: string;
  readonly #groups = new Map<string, number>();
  #events = 0;
  #rejected = 0;
  #removed = 0;
  #first: number | null = null;
  #last: number | null = null;
  /** When the first of its records is lost at its source: a dead letter, which its queue drops. ISO 8601 UTC. */
  #expires: string | null = null;
  #reported = 0;
  #state: CollectedRow['state'] = 'running';
  #error: CollectedRow['error'];

  constructor(id: string, source: string) {
    this.#id = id;
    this.#source = source;
  }

  see(signal: Signal): void {
    if (signal.kind === 'rejected') this.#rejected += 1;
    if (signal.kind !== 'event') return;
    const {
      time,
      event: {
        group_id: group,
        metadata: { expires_at: expires },
      },
    } = signal;
    this.#events += 1;
    if (this.#first === null || time < this.#first) this.#first = time;
    if (this.#last === null || time > this.#last) this.#last = time;
    if (typeof expires === 'string' && (this.#expires === null || expires < this.#expires)) this.#expires = expires;
    const name = this.#groups.has(group) || this.#groups.size < most ? group : others;
    this.#groups.set(name, (this.#groups.get(name) ?? 0) + 1);
  }

  done({ reason, sinks }: RunReport): void {
    this.#state = reason === 'stopped' ? 'stopped' : 'done';
    const [store] = sinks;
    if (typeof store?.figures.removed === 'number') this.#removed = store.figures.removed;
  }

  fail(error: unknown): void {
    this.#state = 'failed';
    this.#error =
      error instanceof CaducusError
        ? { code: error.code, what: error.what }
        : { code: 'CAD001', what: error instanceof Error ? error.message : String(error) };
  }

  /** What came since it was asked last, in words; null when nothing did. */
  news(): string | null {
    const fresh = this.#events - this.#reported;
    this.#reported = this.#events;
    return fresh === 0 ? null : `${this.#id}: ${count(fresh)} events, newest ${toIso(this.#last!).slice(0, 19)}Z`;
  }

  record(): CollectedRow {
    const groups = [...this.#groups]
      .map(([group_id, events]) => ({ group_id, events }))
      .toSorted((a, b) => b.events - a.events || (a.group_id < b.group_id ? -1 : 1));
    const time = (ms: number | null) => (ms === null ? null : toIso(ms));
    return {
      id: this.#id,
      source: this.#source,
      state: this.#state,
      events: this.#events,
      rejected: this.#rejected,
      removed: this.#removed,
      first: time(this.#first),
      last: time(this.#last),
      groups,
      ...(this.#expires !== null && { first_expires: this.#expires }),
      ...(this.#error && { error: this.#error }),
    };
  }
}

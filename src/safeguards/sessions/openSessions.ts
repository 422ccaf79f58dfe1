import type { Json } from '../../event.ts';
import { DueHeap } from '../../kernel/dueHeap.ts';

/** A session that goes on. */
export interface OpenSession {
  entity: string;
  first: number;
  last: number;
  events: number;
  /** Events by pattern. */
  counts: Map<string, number>;
  /** Set where it may have begun before the input did: then it is not whole. */
  cut: boolean;
}

type SavedSession = Omit<OpenSession, 'counts'> & { counts: [string, number][] };
type Saved = {
  open: SavedSession[];
  closed: [string, number][];
};

/** Patterns told apart in one session; all others are one. */
const mostPatterns = 1024;
const others = 'others';

/** The sessions that go on, when each is over, and those that closed a while ago, so that stragglers open nothing. */
export class OpenSessions {
  readonly #open = new Map<string, OpenSession>();
  readonly #dues = new DueHeap();
  /** Closed ones, by what they are and until when that is remembered; in order of time. */
  readonly #closed = new Map<string, number>();
  readonly #idle: number;
  readonly #max: number;

  constructor({ idle, max }: { idle: number; max: number }) {
    this.#idle = idle;
    this.#max = max;
  }

  get size(): number {
    return this.#open.size;
  }

  /** When the first of them is over; null when there is none. */
  get due(): number | null {
    return this.#dues.first()?.time ?? null;
  }

  /** Whether an event of this entity comes after its session was closed. */
  isStraggler(entity: string, time: number): boolean {
    const until = this.#closed.get(entity);
    return until !== undefined && time < until && !this.#open.has(entity);
  }

  /** Adds an event. `cut`: whether a session that begins here may have begun before. */
  add(entity: string, pattern: string, time: number, cut: boolean): void {
    const session = this.#open.get(entity) ?? this.#begin(entity, time, cut);
    session.first = Math.min(session.first, time);
    session.last = Math.max(session.last, time);
    session.events += 1;
    const name = session.counts.has(pattern) || session.counts.size < mostPatterns ? pattern : others;
    session.counts.set(name, (session.counts.get(name) ?? 0) + 1);
    this.#dues.set(entity, this.#findEnd(session));
  }

  /** Takes out the sessions that are over by this time, in order of time and name. */
  *over(time: number): Generator<{ session: OpenSession; at: number; whole: boolean }> {
    for (let first = this.#dues.first(); first && first.time <= time; first = this.#dues.first()) {
      const session = this.#open.get(first.key)!;
      this.#close(session, first.time);
      yield { session, at: first.time, whole: !session.cut && session.last - session.first < this.#max };
    }
    for (const [entity, until] of this.#closed) {
      if (until > time) break;
      this.#closed.delete(entity);
    }
  }

  /** Takes out the session that is silent longest. */
  dropSilent(): OpenSession | null {
    const first = this.#dues.first();
    if (!first) return null;
    const session = this.#open.get(first.key)!;
    this.#close(session, first.time);
    return session;
  }

  /** All of them go; returns how many there were. */
  clear(): number {
    const { size } = this.#open;
    for (const entity of this.#open.keys()) this.#dues.set(entity, null);
    this.#open.clear();
    return size;
  }

  save(): Json {
    const open = Array.from(this.#open.values(), (one): SavedSession => ({ ...one, counts: [...one.counts] }));
    const saved: Saved = { open, closed: [...this.#closed] };
    return saved;
  }

  load(json: Json): void {
    const { open, closed } = json as Saved;
    for (const one of open) {
      const session = { ...one, counts: new Map(one.counts) };
      this.#open.set(one.entity, session);
      this.#dues.set(one.entity, this.#findEnd(session));
    }
    for (const [entity, until] of closed) this.#closed.set(entity, until);
  }

  #begin(entity: string, time: number, cut: boolean): OpenSession {
    const session = { entity, first: time, last: time, events: 0, counts: new Map<string, number>(), cut };
    this.#open.set(entity, session);
    return session;
  }

  #findEnd({ first, last }: OpenSession): number {
    return Math.min(last + this.#idle, first + this.#max);
  }

  #close({ entity }: OpenSession, time: number): void {
    this.#open.delete(entity);
    this.#dues.set(entity, null);
    this.#closed.delete(entity);
    this.#closed.set(entity, time + this.#idle);
  }
}

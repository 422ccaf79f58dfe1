import { digest } from '../base/digest.ts';
import { fromSaved, toSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { Finding, Severity } from '../signal.ts';
import { makeFinding } from './makeFinding.ts';

/** Something that should come now and then. */
export interface Expectation {
  /** What tells it from the others. */
  name: string;
  /** The source that it is about. */
  source: string;
  /** What its finding says, such as `app sends nothing`. */
  title: string;
  /** It may stay away for so long, milliseconds. */
  within: number;
  severity: Severity;
}

/** How long one has stayed away, milliseconds, and the finding that says so, if it has been for too long. */
interface Absence {
  away: number;
  /** Since when, milliseconds since 1970, and the id that follows from it; null while it comes. */
  open: { id: string; since: number } | null;
}

const start = (): Absence => ({ away: 0, open: null });

/**
 * Follows what should come now and then: what has stayed away for too long is a finding until it comes again. Asks no
 * clock: how much time went by is an argument. One finding an absence: its id is the hash of what is missing and since when.
 */
export class Expectations {
  readonly #all: readonly Expectation[];
  readonly #absences: Map<string, Absence>;

  /** @param saved what `save` gave */
  constructor(all: readonly Expectation[], saved: Json = null) {
    this.#all = all;
    const open = new Map(saved === null ? [] : fromSaved<[string, Absence['open']][]>(saved));
    // The time in which nobody listened counts for nobody's silence.
    this.#absences = new Map(all.map(({ name }) => [name, { away: 0, open: open.get(name) ?? null }]));
  }

  /** Since when those are missing that have a finding: names and times, milliseconds since 1970. */
  get missing(): { source: string; title: string; since: number }[] {
    return this.#all.flatMap(({ name, source, title }) => {
      const { open } = this.#of(name);
      return open ? [{ source, title, since: open.since }] : [];
    });
  }

  /**
   * So much time has gone by, milliseconds, up to `now`, since 1970; these came in it, and of those in `over`
   * nothing more is to be expected. Returns the findings that have begun or ended.
   */
  look(now: number, passed: number, seen: ReadonlySet<string>, over: ReadonlySet<string> = new Set()): Finding[] {
    return this.#all.flatMap((one) => {
      const absence = this.#of(one.name);
      if (seen.has(one.name) || over.has(one.name)) return this.#back(one, absence, now);
      absence.away += passed;
      if (absence.open || absence.away < one.within) return [];
      const since = now - absence.away;
      absence.open = { id: digest(`expected\0${one.name}\0${since}`), since };
      return [describe(one, absence.open, 'firing', now)];
    });
  }

  /** The findings that are open, for the next run. */
  save(): Json {
    return toSaved(Array.from(this.#absences, ([name, { open }]) => [name, open]).filter(([, open]) => open !== null));
  }

  #back(one: Expectation, absence: Absence, now: number): Finding[] {
    const { open } = absence;
    Object.assign(absence, start());
    return open ? [describe(one, open, 'resolved', now)] : [];
  }

  #of(name: string): Absence {
    return this.#absences.get(name)!;
  }
}

function describe(
  { source, title, within, severity }: Expectation,
  { id, since }: { id: string; since: number },
  state: 'firing' | 'resolved',
  now: number,
): Finding {
  const updated = Math.max(since, now);
  return makeFinding({
    id,
    rule: 'expected',
    type: 'rule',
    state,
    severity,
    group: `source:${source}`,
    title,
    since,
    updated,
    result: { no_data: true, source, expected_ms: within, ...(state === 'resolved' && { quiet_ms: updated - since }) },
  });
}

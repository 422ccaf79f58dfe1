import { evictOldest } from '../../base/evictOldest.ts';
import type { Json } from '../../event.ts';
import type { Blip } from '../../signal.ts';

/** Subjects that are remembered a rule; those met longest ago go first. */
const most = 10_000;

/** What was there when a rule was added: by subject, the end of the last window it was seen on in; 0 where windows say nothing. */
interface Added {
  since: number;
  held: Map<string, number>;
}

/**
 * Rules that were added to a pipeline that had run, and what they would have reported then. They are silent about that until
 * it has been over once: a new rule pages nothing that was there before it.
 */
export class ThereBefore {
  readonly #added = new Map<string, Added>();

  /** A rule is asked from that event time on, milliseconds. */
  add(rule: string, since: number): void {
    this.#added.set(rule, { since, held: new Map() });
  }

  /** That was there: a silent group, an open finding. */
  hold(rule: string, subject: string): void {
    const added = this.#added.get(rule);
    if (!added) return;
    added.held.set(subject, 0);
    evictOldest(added.held, most);
  }

  holds(rule: string, subject: string): boolean {
    return this.#added.get(rule)?.held.has(subject) === true;
  }

  /** It is over: when it comes again, it is news. */
  release(subject: string): void {
    for (const { held } of this.#added.values()) held.delete(subject);
  }

  /** Whether a rule that holds for a pattern in a window only reports what was so when it was added. */
  covers(rule: string, subject: string, blip: Blip): boolean {
    const added = this.#added.get(rule);
    if (!added || Date.parse(blip.first_seen) >= added.since) return false;
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    const known = added.held.get(subject);
    const isSo = start <= added.since || (known !== undefined && known >= start);
    if (isSo && !blip.open) added.held.set(subject, end);
    else if (!isSo) added.held.delete(subject);
    evictOldest(added.held, most);
    return isSo;
  }

  save(): Json {
    return [...this.#added].map(([rule, { since, held }]) => [rule, since, [...held]]);
  }

  /** Takes up what was saved, of rules that are still there. */
  load(json: Json, isThere: (rule: string) => boolean): void {
    for (const [rule, since, held] of json as [string, number, [string, number][]][])
      if (isThere(rule)) this.#added.set(rule, { since, held: new Map(held) });
  }
}

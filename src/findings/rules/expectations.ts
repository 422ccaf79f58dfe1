import { toIso, type Event, type Json } from '../../event.ts';
import { compileMatcher, type Matcher } from '../../base/pattern.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import { makeDeadlines, readClock } from '../schedules/deadlines.ts';
import { startFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { Rule } from './options.ts';

/** What is known of one expectation. Plain data; times are milliseconds. */
interface Standing {
  /** The first record that was seen. */
  began: number;
  /** When it must have come by next, and the deadline before. */
  next: number;
  before: number;
  /** It came since the deadline before. */
  came: boolean;
  /** The group it last came in. */
  group: string | null;
}

interface Expected {
  rule: Rule;
  group: Matcher | null;
  text: Matcher | null;
  next(after: number): number;
  standing: Standing | null;
}

/** A period of which less was seen says nothing. */
const leastSeen = 0.5;
/** What came is looked for this long before the deadline before: the first period has none. */
const day = 86_400_000;

/** No group is called so: a job of a rule is not one that was learned of a group. */
const nameSubject = ({ name }: Rule): string => `expect\0${name}`;

/** Things that must come by a time of day: a job that did not run, or did not finish. */
export class Expectations {
  readonly #all: readonly Expected[];
  readonly #open: OpenFindings;

  constructor(rules: readonly Rule[], open: OpenFindings) {
    this.#open = open;
    this.#all = rules.flatMap((rule): Expected[] => {
      const { expect } = rule;
      if (expect === undefined) return [];
      const { every, zone, by } = expect;
      const matcher = (written: string | undefined) => (written === undefined ? null : compileMatcher(written));
      const next = makeDeadlines({ every, zone, minutes: readClock(by, every)! });
      return [{ rule, group: matcher(expect.group), text: matcher(expect.pattern), next, standing: null }];
    });
  }

  get due(): number | null {
    return this.#all.reduce<number | null>(
      (due, { standing }) => (standing && (due === null || standing.next < due) ? standing.next : due),
      null,
    );
  }

  /** Takes an event. Each is asked for its text only while it is waited for. */
  see({ group_id: group, text }: Event, key: string, time: number): void {
    for (const one of this.#all) {
      one.standing ??= this.#begin(one, time);
      const open = this.#open.get('job', nameSubject(one.rule));
      if (one.standing.came && !open) continue;
      if ((one.group && !one.group(key || group)) || (one.text && !one.text(text))) continue;
      one.standing.came = true;
      one.standing.group = key || group;
      if (!open) continue;
      open.result.late_ms = Math.max(0, time - open.since);
      this.#open.end(open, time);
    }
  }

  tick(time: number): void {
    for (const one of this.#all) {
      for (let { standing } = one; standing && standing.next <= time; standing = one.standing) {
        const { began, before, next, came, group } = standing;
        if (!came && next - began >= leastSeen * (next - before)) this.#miss(one.rule, { at: next, now: time, group });
        one.standing = { began, before: next, next: one.next(next), came: false, group };
      }
    }
  }

  save(): Json {
    return toSaved(this.#all.map(({ rule, standing }) => [rule.name, standing]));
  }

  /** A rule whose deadline was changed begins anew. */
  load(json: Json): void {
    const saved = new Map(fromSaved<[string, Standing | null][]>(structuredClone(json)));
    for (const one of this.#all) {
      const known = saved.get(one.rule.name) ?? null;
      one.standing = known && one.next(known.before) === known.next ? known : null;
    }
  }

  #begin(one: Expected, time: number): Standing {
    const next = one.next(time);
    let before = one.next(next - 8 * day);
    for (let later = one.next(before); later < next; later = one.next(later)) before = later;
    return { began: time, next, before, came: false, group: null };
  }

  #miss(rule: Rule, { at, now, group }: { at: number; now: number; group: string | null }): void {
    const { group: named, pattern: text, by, every, zone } = rule.expect!;
    const known = this.#open.get('job', nameSubject(rule));
    const one =
      known ??
      startFinding(rule, {
        subject: nameSubject(rule),
        period: at,
        kind: 'job',
        group: group ?? named ?? rule.name,
        topic: null,
        title: `did not come by ${by}: ${text ?? named}`,
        since: at,
        result: { missed: true, due: toIso(at), by, every, zone },
      });
    if (known || this.#open.open(one)) this.#open.holds(one, [rule], now, { news: true });
  }
}

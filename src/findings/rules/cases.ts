import type { Json } from '../../event.ts';
import type { Finding, FindingState } from '../../signal.ts';
import { caseKey, findingOf, type Case } from './case.ts';
import type { Rule, Settings } from './options.ts';

/** Hands a finding on, as of a time. */
export type Tell = (finding: Finding, now: number) => void;

/** The cases that are open: pending, firing, resolved after enough clear evaluations. */
export class Cases {
  readonly all = new Map<string, Case>();
  /** Cases that were not opened because too many are. */
  overflow = 0;
  readonly #settings: Settings;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #tell: Tell;

  constructor(settings: Settings, tell: Tell) {
    this.#settings = settings;
    this.#rules = new Map(settings.rules.map((rule) => [rule.name, rule]));
    this.#tell = tell;
  }

  get(rule: Rule, subject: string): Case | undefined {
    return this.all.get(caseKey(rule.name, subject));
  }

  /** Opens a case; false when too many are open. */
  open(one: Case): boolean {
    if (this.all.size >= this.#settings.maxFindings) {
      this.overflow += 1;
      return false;
    }
    this.all.set(caseKey(one.rule, one.subject), one);
    return true;
  }

  /** It holds: pending until it has held long enough, then firing. Tells of what is new, or of news in an open one. */
  holds(one: Case, now: number, { news }: { news: boolean }): void {
    const { for: wait = 0 } = this.#rules.get(one.rule)!;
    const isFirst = one.told === null;
    one.clear = 0;
    one.blind = null;
    const fires = !one.firing && now - one.since >= (one.kind === 'quiet' ? 0 : wait);
    if (fires) one.firing = true;
    if (!fires && !isFirst && !news) return;
    if (fires || isFirst) one.told = now;
    this.#tell(this.finding(one, now), now);
  }

  /** It was looked at and did not hold. A pending one is withdrawn at once. */
  clears(one: Case, now: number): void {
    one.clear += 1;
    if (one.firing && one.clear < this.#settings.clearAfter) return;
    this.all.delete(caseKey(one.rule, one.subject));
    this.#tell(this.finding(one, now, 'resolved'), now);
  }

  /** Tells again of what has been firing for as long as `repeatInterval`. */
  repeat(now: number): void {
    const { repeatInterval } = this.#settings;
    if (!repeatInterval) return;
    for (const one of this.all.values()) {
      if (!one.firing || now - (one.told ?? now) < repeatInterval) continue;
      one.told = now;
      one.repeats += 1;
      this.#tell(this.finding(one, now), now);
    }
  }

  finding(one: Case, now: number, state: FindingState = one.firing ? 'firing' : 'pending'): Finding {
    return findingOf(one, this.#rules.get(one.rule)!, state, now, this.#settings.clearAfter);
  }

  *findings(now: number): Generator<Finding> {
    for (const one of this.all.values()) yield this.finding(one, now);
  }

  save(): Json {
    return [...this.all.values()] as unknown as Json;
  }

  /** Cases of rules that are gone are let go. */
  load(json: Json): void {
    for (const one of structuredClone(json) as unknown as Case[]) {
      if (this.#rules.has(one.rule)) this.all.set(caseKey(one.rule, one.subject), one);
    }
  }
}

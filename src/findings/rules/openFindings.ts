import type { Json } from '../../event.ts';
import type { Finding, FindingState } from '../../signal.ts';
import { describeFinding, findingKey, type OpenFinding } from './openFinding.ts';
import type { Rule, Settings } from './options.ts';

/** Hands a finding on, as of a time. */
export type Announce = (finding: Finding, now: number) => void;

/** The findings of the rules that are open: pending, firing, resolved after enough clear evaluations. */
export class OpenFindings {
  readonly all = new Map<string, OpenFinding>();
  /** Findings that were not opened because too many are. */
  overflow = 0;
  readonly #settings: Settings;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #announce: Announce;

  constructor(settings: Settings, announce: Announce) {
    this.#settings = settings;
    this.#rules = new Map(settings.rules.map((rule) => [rule.name, rule]));
    this.#announce = announce;
  }

  get(rule: Rule, subject: string): OpenFinding | undefined {
    return this.all.get(findingKey(rule.name, subject));
  }

  /** Opens a finding; false when too many are open. */
  open(one: OpenFinding): boolean {
    if (this.all.size >= this.#settings.maxFindings) {
      this.overflow += 1;
      return false;
    }
    this.all.set(findingKey(one.rule, one.subject), one);
    return true;
  }

  /** It holds: pending until it has held long enough, then firing. Announces what is new, or news in an open one. */
  holds(one: OpenFinding, now: number, { news }: { news: boolean }): void {
    const { for: wait = 0 } = this.#rules.get(one.rule)!;
    const isFirst = one.told === null;
    one.clear = 0;
    one.blind = null;
    const fires = !one.firing && now - one.since >= (one.kind === 'quiet' ? 0 : wait);
    if (fires) one.firing = true;
    if (!fires && !isFirst && !news) return;
    if (fires || isFirst) one.told = now;
    this.#announce(this.finding(one, now), now);
  }

  /** It was looked at and did not hold. A pending one is withdrawn at once. */
  clears(one: OpenFinding, now: number): void {
    one.clear += 1;
    if (one.firing && one.clear < this.#settings.clearAfter) return;
    this.all.delete(findingKey(one.rule, one.subject));
    this.#announce(this.finding(one, now, 'resolved'), now);
  }

  /** Announces again what has been firing for as long as `repeatInterval`. */
  repeat(now: number): void {
    const { repeatInterval } = this.#settings;
    if (!repeatInterval) return;
    for (const one of this.all.values()) {
      if (!one.firing || now - (one.told ?? now) < repeatInterval) continue;
      one.told = now;
      one.repeats += 1;
      this.#announce(this.finding(one, now), now);
    }
  }

  finding(one: OpenFinding, now: number, state: FindingState = one.firing ? 'firing' : 'pending'): Finding {
    return describeFinding(one, this.#rules.get(one.rule)!, state, now, this.#settings.clearAfter);
  }

  *findings(now: number): Generator<Finding> {
    for (const one of this.all.values()) yield this.finding(one, now);
  }

  save(): Json {
    return [...this.all.values()] as unknown as Json;
  }

  /** Findings of rules that are gone are let go. */
  load(json: Json): void {
    for (const one of structuredClone(json) as unknown as OpenFinding[]) {
      if (this.#rules.has(one.rule)) this.all.set(findingKey(one.rule, one.subject), one);
    }
  }
}

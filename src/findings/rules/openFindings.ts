import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Finding, FindingState, Severity } from '../../signal.ts';
import { describeFinding, findingKey, type FindingKind, type OpenFinding } from './openFinding.ts';
import { withStanding } from '../makeFinding.ts';
import type { Rule, Settings } from './options.ts';

/** Hands a finding on, as of a time. */
export type Announce = (finding: Finding, now: number) => void;

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

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

  get(kind: FindingKind, subject: string): OpenFinding | undefined {
    return this.all.get(findingKey({ kind, subject }));
  }

  /** Whether something about a pattern of the group began before that time and is still open. */
  isTroubled(group: string, before: number): boolean {
    for (const one of this.all.values()) if (one.group === group && one.kind === 'pattern' && one.since < before) return true;
    return false;
  }

  /** Opens a finding; false when too many are open. */
  open(one: OpenFinding): boolean {
    if (this.all.size >= this.#settings.maxFindings) {
      this.overflow += 1;
      return false;
    }
    this.all.set(findingKey(one), one);
    return true;
  }

  /**
   * It is on: pending until one of the rules that hold now has held for long enough, then firing; its severity only
   * rises. `rules` may be none: then it is on without any of them. Announces what is new, or news in an open one.
   */
  holds(one: OpenFinding, rules: readonly Rule[], now: number, { news }: { news: boolean }): void {
    const before = new Map(one.holds);
    const first = one.emitted === null;
    one.holds = rules.map(({ name }) => [name, before.get(name) ?? (before.size === 0 && first ? one.since : now)]);
    const since = new Map(one.holds);
    // A silence has lasted as long as its rule says before anybody looks at it; what was due is late already.
    const long = rules.filter((rule) => one.kind === 'quiet' || one.kind === 'job' || now - since.get(rule.name)! >= (rule.for ?? 0));
    const graver = this.#raise(one, long);
    const fires = !one.firing && long.length > 0;
    one.clear = 0;
    one.blind = null;
    if (fires) one.firing = true;
    if (!fires && !graver && !first && !news) return;
    if (fires || first || graver) one.emitted = now;
    this.#announce(this.finding(one, now), now);
  }

  /** It was looked at and was not on. A pending one is withdrawn at once. */
  clears(one: OpenFinding, now: number): void {
    one.clear += 1;
    if (one.firing && one.clear < this.#settings.clearAfter) return;
    this.end(one, now);
  }

  /** It is over now, however often it was clear. */
  end(one: OpenFinding, now: number): void {
    this.all.delete(findingKey(one));
    this.#announce(this.finding(one, now, 'resolved'), now);
  }

  /** Announces again what has been firing for as long as `repeatInterval`. */
  repeat(now: number): void {
    const { repeatInterval } = this.#settings;
    if (!repeatInterval) return;
    for (const one of this.all.values()) {
      if (!one.firing || now - (one.emitted ?? now) < repeatInterval) continue;
      one.emitted = now;
      one.repeats += 1;
      this.#announce(this.finding(one, now), now);
    }
  }

  finding(one: OpenFinding, now: number, state: FindingState = one.firing ? 'firing' : 'pending'): Finding {
    const rule = this.#rules.get(one.rule);
    const finding = describeFinding(one, state, { now, wait: rule?.for, clearAfter: this.#settings.clearAfter });
    return rule?.links === undefined ? finding : withStanding(finding, { links: rule.links });
  }

  *findings(now: number): Generator<Finding> {
    for (const one of this.all.values()) yield this.finding(one, now);
  }

  save(): Json {
    return toSaved([...this.all.values()]);
  }

  /** Findings go on under those of their rules that are still there. `isChanged` says which of these hold for something else now. */
  load(json: Json, isChanged: (rule: string) => boolean): void {
    for (const saved of fromSaved<OpenFinding[]>(structuredClone(json))) {
      const holds = saved.holds.filter(([name]) => this.#rules.has(name));
      const rule = this.#rules.get(saved.rule) ?? this.#rules.get(holds[0]?.[0] ?? '');
      // What was saved before findings had a severity of their own has that of its rule.
      const one = { ...saved, holds, rule: rule?.name ?? saved.rule, severity: saved.severity ?? rule?.severity };
      const isOther = rule !== undefined && isChanged(rule.name);
      const open: OpenFinding = { ...one, ...(isOther && { recheck: true }) };
      this.all.set(findingKey(open), open);
      if (!rule) this.remove(open, 'rule removed');
    }
  }

  /** Some end although the thing may go on. */
  hasRemoved = false;

  /** That one ends at the next look. */
  remove(one: OpenFinding, why: string): void {
    one.ended ??= why;
    this.hasRemoved = true;
  }

  /** Ends those that end although the thing may go on. */
  endRemoved(now: number): void {
    if (!this.hasRemoved) return;
    this.hasRemoved = false;
    for (const one of [...this.all.values()]) if (one.ended !== undefined) this.end(one, now);
  }

  /** The gravest of the rules reports it, the one that did before among equals. True when one that fires became graver. */
  #raise(one: OpenFinding, rules: readonly Rule[]): boolean {
    const [first, ...others] = rules;
    if (!first) return false;
    const gravest = others.reduce((a, b) => (rank[b.severity] > rank[a.severity] ? b : a), first);
    if (one.firing && rank[gravest.severity] <= rank[one.severity]) return false;
    one.rule = gravest.name;
    one.severity = gravest.severity;
    return one.firing;
  }
}

import { DueHeap } from '../../kernel/dueHeap.ts';
import type { Finding } from '../../signal.ts';
import type { Condition } from './condition.ts';
import { findingKey, startFinding, type OpenFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { Rule } from './options.ts';
import type { ThereBefore } from './thereBefore.ts';

/** The rules about findings of safeguards: they escalate what lasts. */
export class FindingRules {
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;
  /** When the next rule that holds for a finding will have held for long enough. */
  readonly #waits = new DueHeap();

  readonly #before: ThereBefore;

  constructor(rules: readonly Condition[], open: OpenFindings, before: ThereBefore) {
    this.#rules = rules;
    this.#open = open;
    this.#before = before;
  }

  get due(): number | null {
    return this.#waits.first()?.time ?? null;
  }

  judge(finding: Finding, now: number): void {
    const known = this.#open.get('finding', finding.id);
    // The finding itself has waited until it was clear.
    if (finding.state === 'resolved') {
      this.#before.release(finding.id);
      if (known) this.#open.end(known, now);
      return;
    }
    const isNews = ({ rule }: Condition) => !this.#before.holds(rule.name, finding.id);
    const holding = finding.state === 'firing' ? this.#rules.filter((one) => one.finding!(finding) && isNews(one)) : [];
    if (holding.length === 0) {
      if (known?.recheck && finding.state === 'firing') this.#open.clears(known, now);
      return;
    }
    delete known?.recheck;
    const one = known ?? startAbout(finding, holding[0]!.rule);
    if (!known && !this.#open.open(one)) return;
    one.result = { finding: finding.id, finding_type: finding.type, finding_severity: finding.severity };
    const rules = holding.map(({ rule }) => rule);
    this.#open.holds(one, rules, now, { news: false });
    this.#wait(one, now);
  }

  tick(time: number): void {
    for (let first = this.#waits.first(); first && first.time <= time; first = this.#waits.first()) {
      this.#waits.set(first.key, null);
      const one = this.#open.all.get(first.key);
      if (!one) continue;
      this.#open.holds(one, this.#holding(one), time, { news: false });
      this.#wait(one, time);
    }
  }

  /** Findings that are open when a rule is added are none of its news. */
  added(name: string, open: Iterable<Finding>): void {
    for (const { id } of this.#rules.some(({ rule }) => rule.name === name) ? open : []) this.#before.hold(name, id);
  }

  /** Sets the times anew from what is open, after a restart. */
  restore(now: number): void {
    for (const one of this.#open.all.values()) if (one.kind === 'finding') this.#wait(one, now);
  }

  /** The rules that hold now for a finding, by their names. */
  #holding({ holds }: OpenFinding): Rule[] {
    const names = new Set(holds.map(([name]) => name));
    return this.#rules.flatMap(({ rule }) => (names.has(rule.name) ? [rule] : []));
  }

  #wait(one: OpenFinding, now: number): void {
    const since = new Map(one.holds);
    const dues = this.#holding(one).map((rule) => since.get(rule.name)! + (rule.for ?? 0));
    const ahead = dues.filter((due) => due > now);
    this.#waits.set(findingKey(one), ahead.length > 0 ? Math.min(...ahead) : null);
  }
}

function startAbout(finding: Finding, rule: Rule): OpenFinding {
  const since = Date.parse(finding.since);
  return startFinding(rule, {
    subject: finding.id,
    period: since,
    kind: 'finding',
    group: finding.group_id,
    topic: finding.topic_id ?? null,
    template: finding.template_id ?? null,
    title: finding.title,
    since,
    result: {},
  });
}

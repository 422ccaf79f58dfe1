import type { Blip } from '../../signal.ts';
import { AlreadyOn } from './alreadyOn.ts';
import type { Condition } from './condition.ts';
import { findExtent, isOn, wholeExtent } from './extent.ts';
import { describePattern, listSubjects, startFinding, type OpenFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { Rule } from './options.ts';
import type { ThereBefore } from './thereBefore.ts';

/** The rules about patterns: one finding a pattern, for as long as it is on. */
export class PatternRules {
  readonly alreadyOn = new AlreadyOn();
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;

  readonly #before: ThereBefore;

  constructor(rules: readonly Condition[], open: OpenFindings, before: ThereBefore) {
    this.#rules = rules;
    this.#open = open;
    this.#before = before;
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** A pattern is on while a rule holds for it, and once it fires for as long as its count is beyond where it began. */
  judge(blip: Blip, now: number, alerts: string[]): void {
    const since = this.alreadyOn.take(blip);
    const known = listSubjects(blip).flatMap((subject) => this.#open.get('pattern', subject) ?? [])[0];
    const isNews = ({ rule }: Condition) => known !== undefined || !this.#before.covers(rule.name, listSubjects(blip)[0]!, blip);
    let holding = this.#rules.filter((one) => one.blip!(blip) && isNews(one));
    const alreadyOn = since !== null && !known && holding.length === 0;
    if (alreadyOn) holding = this.#rules.filter(({ blip: holds }) => holds!({ ...blip, state: 'new' }));
    if (known?.recheck && (holding.length > 0 || this.#couldHold(known.rule, blip))) delete known.recheck;
    const goesOn = known?.firing === true && !known.recheck && known.extent !== null;
    const stillOn = goesOn && !blip.open && isOn(known.extent!, blip.count);
    // What comes at this hour on other days is no news; what is open already goes on.
    if (!known && blip.usual_at !== undefined) return;
    if (holding.length === 0 && !stillOn) return;
    const one = known ?? startPattern(blip, holding[0]!.rule, since ?? now, alreadyOn);
    if (!known && !this.#open.open(one)) return;
    one.result = describePattern(blip);
    one.alerts = alerts;
    if (!blip.open) {
      one.held = Date.parse(blip.end);
      one.extent ??= findExtent(blip);
    }
    const rules = holding.map(({ rule }) => rule);
    this.#open.holds(one, rules, now, { news: !blip.open });
  }

  /** Whether a rule would hold for a pattern, whatever its rate does by now: that says how it began. */
  #couldHold(name: string, blip: Blip): boolean {
    const found = this.#rules.find(({ rule }) => rule.name === name);
    const states = found?.rule.when.state ?? blip.state;
    return [states].flat().some((state) => found?.blip!({ ...blip, state }) === true);
  }
}

function startPattern(blip: Blip, rule: Rule, now: number, alreadyOn: boolean): OpenFinding {
  const start = Date.parse(blip.start);
  const one = startFinding(rule, {
    subject: listSubjects(blip)[0]!,
    period: start,
    kind: 'pattern',
    group: blip.group_id,
    topic: blip.topic_id,
    template: blip.template_id,
    title: blip.label,
    since: alreadyOn ? now : Math.min(now, Math.max(start, Date.parse(blip.first_seen))),
    result: {},
    width: Date.parse(blip.end) - start,
  });
  return alreadyOn ? { ...one, already_on: true, extent: wholeExtent } : one;
}

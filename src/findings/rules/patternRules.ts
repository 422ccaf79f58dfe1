import type { Blip } from '../../signal.ts';
import { AlreadyOn } from './alreadyOn.ts';
import { AlarmBudgets } from './falseAlarms/alarmBudgets.ts';
import { isUrgent } from './falseAlarms/chanceBits.ts';
import { addToFlood, Floods, isInFlood } from './falseAlarms/floods.ts';
import type { Condition } from './condition.ts';
import { findExtent, isOn, wholeExtent } from './extent.ts';
import { describePattern, listSubjects, startFinding, type OpenFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { Rule, Settings } from './options.ts';
import type { ThereBefore } from './thereBefore.ts';

/** The rules about patterns: one finding a pattern, for as long as it is on. */
export class PatternRules {
  readonly alreadyOn = new AlreadyOn();
  readonly budgets: AlarmBudgets;
  readonly floods = new Floods();
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;

  readonly #before: ThereBefore;

  constructor(rules: readonly Condition[], open: OpenFindings, { before, settings }: { before: ThereBefore; settings: Settings }) {
    this.#rules = rules;
    this.#open = open;
    this.#before = before;
    this.budgets = new AlarmBudgets(settings);
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** A pattern is on while a rule holds for it, and once it fires for as long as its count is beyond where it began. */
  judge(blip: Blip, now: number, alerts: string[]): void {
    const since = this.alreadyOn.take(blip);
    const known = listSubjects(blip).flatMap((subject) => this.#open.get('pattern', subject) ?? [])[0];
    // An alert is somebody's decision already: how often it comes by chance is not ours.
    const isAlert = alerts.length > 0;
    if (!isAlert) this.budgets.look(blip, () => this.#open.isTroubled(blip.group_id, Date.parse(blip.start)));
    const isNews = ({ rule }: Condition) =>
      known !== undefined ||
      (!this.#before.covers(rule.name, listSubjects(blip)[0]!, blip) && (isAlert || this.budgets.admits(rule, blip, now)));
    let holding = this.#rules.filter((one) => one.blip!(blip) && isNews(one));
    const alreadyOn = since !== null && !known && holding.length === 0;
    if (alreadyOn) holding = this.#rules.filter(({ blip: holds }) => holds!({ ...blip, state: 'new' }));
    const rules = holding.map(({ rule }) => rule);
    if (!known && this.#goesToFlood(blip, rules, now, alreadyOn)) return;
    if (known?.recheck && (holding.length > 0 || this.#couldHold(known.rule, blip))) delete known.recheck;
    const goesOn = known?.firing === true && !known.recheck && known.extent !== null;
    const stillOn = goesOn && !blip.open && isOn(known.extent!, blip.count);
    // What comes at this hour on other days is no news; what is open already goes on.
    if (!known && blip.usual_at !== undefined) return;
    if (holding.length === 0 && !stillOn) return;
    const one = known ?? startPattern(blip, rules[0]!, since ?? now, alreadyOn);
    if (!known && !this.#open.open(one)) return;
    const beside = known || isAlert ? one.result.false_alarms : this.budgets.opened(rules[0]!, blip, now);
    one.result = { ...(beside === undefined ? {} : { false_alarms: beside }), ...describePattern(blip) };
    one.alerts = alerts;
    if (!blip.open) {
      one.held = Date.parse(blip.end);
      one.extent ??= findExtent(blip);
    }
    this.#open.holds(one, rules, now, { news: !blip.open });
  }

  /** Whether a rule would hold for a pattern, whatever its rate does by now: that says how it began. */
  #couldHold(name: string, blip: Blip): boolean {
    const found = this.#rules.find(({ rule }) => rule.name === name);
    const states = found?.rule.when.state ?? blip.state;
    return [states].flat().some((state) => found?.blip!({ ...blip, state }) === true);
  }

  /** True where the pattern is one of many errors that are reported together. */
  #goesToFlood(blip: Blip, rules: readonly Rule[], now: number, alreadyOn: boolean): boolean {
    const flood = this.#open.get('flood', blip.group_id);
    const isMember = flood !== undefined && blip.count > 0 && isInFlood(flood, blip);
    const [rule] = rules;
    if (!isMember) {
      if (rule === undefined || !this.budgets.holds(rule) || !(alreadyOn || isUrgent(blip))) return false;
      if (this.floods.takeOne(blip.group_id, now)) return false;
    }
    const one = flood ?? startFlood(blip, rule!, now);
    if (!flood && !this.#open.open(one)) return true;
    if (!flood) one.result.false_alarms = this.budgets.opened(rule!, blip, now);
    addToFlood(one, blip);
    this.#open.holds(one, rules, now, { news: !isMember });
    return true;
  }
}

function startFlood(blip: Blip, rule: Rule, now: number): OpenFinding {
  const start = Date.parse(blip.start);
  return startFinding(rule, {
    subject: blip.group_id,
    period: start,
    kind: 'flood',
    group: blip.group_id,
    topic: null,
    title: '',
    since: now,
    result: {},
    width: Date.parse(blip.end) - start,
  });
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
    title: blip.from?.group === undefined ? blip.label : `${blip.label} (${blip.from.group})`,
    since: alreadyOn ? now : Math.min(now, Math.max(start, Date.parse(blip.first_seen))),
    result: {},
    width: Date.parse(blip.end) - start,
  });
  return alreadyOn ? { ...one, already_on: true, extent: wholeExtent } : one;
}

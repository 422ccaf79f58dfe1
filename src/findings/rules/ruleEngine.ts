import { DueHeap } from '../../kernel/dueHeap.ts';
import type { Json } from '../../event.ts';
import type { Blip, EventSignal, Finding, FindingSignal, Mark, Signal } from '../../signal.ts';
import { Alerts } from './alerts.ts';
import { AlreadyOn } from './alreadyOn.ts';
import { findExtent, isOn, wholeExtent } from './extent.ts';
import { blipSubject, describePattern, findingKey, startFinding, topicSubject, type OpenFinding } from './openFinding.ts';
import { OpenFindings } from './openFindings.ts';
import { compileCondition, type Condition } from './condition.ts';
import { hadData, isBlind, type Group } from '../windows/groups.ts';
import type { Rule, Settings } from './options.ts';
import { QuietGroups } from './quietGroups.ts';
import { Announcer, type EmitFinding } from '../answers/announcer.ts';
import { Windows } from '../windows/windows.ts';

interface Saved {
  now: number | null;
  cases: Json;
  others: [string, Finding][];
  teller: Json;
  groups: [string, Group][];
  widths: [string, number][];
  windows: [number, number][];
  overflow: number;
  alerts: Json;
  alreadyOn: Json;
}

/** Where signals become findings, and findings meet what people say about them. One engine for all groups; plain state. */
export class RuleEngine {
  readonly #settings: Settings;
  readonly #patterns: readonly Condition[];
  readonly #ofFindings: readonly Condition[];
  readonly #open: OpenFindings;
  readonly #quiet: QuietGroups;
  /** Open findings of operators before this one, as they came. */
  readonly #others = new Map<string, Finding>();
  readonly #windows = new Windows();
  /** Length of the windows of each group. */
  readonly #widths = new Map<string, number>();
  /** When pending findings about findings have held long enough. */
  readonly #waits = new DueHeap();
  readonly #announcer = new Announcer();
  readonly #alerts = new Alerts();
  readonly #alreadyOn = new AlreadyOn();
  /** Newest event time; null before the first signal. */
  #now: number | null = null;
  /** When something other than the silence of a group is due: events, which are many, do not change it. */
  #due: number | null = null;
  #emit: EmitFinding = () => {};

  constructor(settings: Settings) {
    const conditions = settings.rules.map(compileCondition);
    this.#settings = settings;
    this.#patterns = conditions.filter(({ blip }) => blip);
    this.#ofFindings = conditions.filter(({ finding }) => finding);
    this.#open = new OpenFindings(settings, (finding, now) => this.#announce(finding, now));
    this.#quiet = new QuietGroups(
      conditions.filter(({ quiet }) => quiet),
      this.#open,
      settings.maxGroups,
    );
  }

  /** Takes a signal. A finding is handed on with people's answers applied; the caller hands on all else, radars after this. */
  take(signal: Signal, emit: EmitFinding): void {
    this.#emit = emit;
    if (signal.kind !== 'mark' && (this.#now === null || signal.time > this.#now)) this.#now = signal.time;
    if (signal.kind === 'event') {
      this.#event(signal);
      return;
    }
    if (signal.kind === 'blip') this.#blip(signal.blip, signal.time);
    else if (signal.kind === 'finding') this.#finding(signal);
    // Who shows a radar shows the findings beside it as of the same time.
    else if (signal.kind === 'radar' && !signal.radar.open) this.#closeWindows(signal.time);
    else if (signal.kind === 'mark') this.#mark(signal.mark, this.#now ?? signal.time);
    this.#look();
  }

  due(): number | null {
    return least(this.#quiet.due, this.#due);
  }

  tick(time: number, emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now === null || time > this.#now) this.#now = time;
    this.#closeWindows(time);
    this.#quiet.tick(time, (group) => this.#widths.get(group) ?? null);
    this.#endWaits(time);
    if (this.#announcer.due !== null && this.#announcer.due <= time) this.#announcer.announceChanged(this.#allOpen(), time, emit);
    this.#open.repeat(time);
    this.#look();
  }

  /** The input is complete: the windows that blips came in are over. */
  end(emit: EmitFinding): void {
    this.#emit = emit;
    const { due } = this.#windows;
    if (due !== null && this.#now !== null && due <= this.#now + 1) this.#closeWindows(due);
  }

  save(): Json {
    const saved: Saved = {
      now: this.#now,
      cases: this.#open.save(),
      others: [...this.#others],
      teller: this.#announcer.save(),
      groups: [...this.#quiet.groups],
      widths: [...this.#widths],
      windows: this.#windows.save(),
      overflow: this.#open.overflow,
      alerts: this.#alerts.save(),
      alreadyOn: this.#alreadyOn.save(),
    };
    return structuredClone(saved) as unknown as Json;
  }

  static load(json: Json, settings: Settings): RuleEngine {
    const { now, cases, others, teller, groups, widths, windows, overflow, alerts, alreadyOn } = structuredClone(json) as unknown as Saved;
    const engine = new RuleEngine(settings);
    engine.#now = now;
    engine.#open.load(cases);
    engine.#open.overflow = overflow;
    for (const [id, finding] of others) engine.#others.set(id, finding);
    engine.#announcer.load(teller, now ?? Number.MIN_SAFE_INTEGER);
    for (const [name, group] of groups) engine.#quiet.groups.set(name, group);
    for (const [name, width] of widths) engine.#widths.set(name, width);
    engine.#windows.load(windows);
    engine.#alerts.load(alerts);
    engine.#alreadyOn.load(alreadyOn);
    engine.#quiet.restore();
    for (const one of engine.#open.all.values()) if (one.kind === 'finding') engine.#wait(one, now ?? 0);
    engine.#look();
    return engine;
  }

  #look(): void {
    this.#due = least(least(this.#windows.due, this.#announcer.due), this.#waits.first()?.time ?? null);
  }

  #event({ key, time, event }: EventSignal): void {
    this.#quiet.hear(key || event.group_id, time);
    if (this.#patterns.length === 0 || !this.#alerts.hear(event, time)) return;
    // Its sender says that it is over: there is nothing to wait for.
    for (const one of [...this.#open.all.values()]) {
      if (one.alerts.length > 0 && !this.#alerts.isOn(one.alerts, time)) this.#open.end(one, time);
    }
  }

  #blip(blip: Blip, now: number): void {
    const start = Date.parse(blip.start);
    const end = Date.parse(blip.end);
    const width = end - start;
    this.#windows.see(width, end);
    if (!blip.open && blip.count > 0) {
      hadData(this.#quiet.group(blip.group_id), end, width);
      this.#widths.set(blip.group_id, width);
    }
    this.#announcer.watch(blip, () => this.#allOpen(), now, this.#emit);
    const alerts = this.#alerts.of(blip);
    // An alert that was over before its window was: nobody need be told any more.
    if (alerts.length > 0 && !this.#alerts.isOn(alerts, now)) return;
    this.#judge(blip, now, alerts);
  }

  #mark(mark: Mark, now: number): void {
    this.#announcer.take(mark, () => this.#allOpen(), now, this.#emit);
    if (mark.as_usual === undefined) return;
    // Called usual, it is over although it goes on: it begins anew only if a rule finds it anew.
    const ids = new Set([mark.target, ...mark.as_usual]);
    for (const one of [...this.#open.all.values()]) {
      if (one.kind === 'pattern' && [one.id, one.group, one.topic, one.template].some((id) => id && ids.has(id))) this.#open.end(one, now);
    }
  }

  /** A pattern is on while a rule holds for it, and once it fires for as long as its count is beyond where it began. */
  #judge(blip: Blip, now: number, alerts: string[]): void {
    const subject = blipSubject(blip);
    const since = this.#alreadyOn.take(blip);
    let holding = this.#patterns.filter(({ blip: holds }) => holds!(blip));
    const known = this.#open.get('pattern', subject) ?? this.#open.get('pattern', topicSubject(blip));
    const alreadyOn = since !== null && !known && holding.length === 0;
    if (alreadyOn) holding = this.#patterns.filter(({ blip: holds }) => holds!({ ...blip, state: 'new' }));
    const stillOn = known?.firing === true && !blip.open && known.extent !== null && isOn(known.extent, blip.count);
    if (holding.length === 0 && !stillOn) return;
    const one = known ?? this.#startPattern(blip, holding[0]!.rule, since ?? now, alreadyOn);
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

  #startPattern(blip: Blip, rule: Rule, now: number, alreadyOn: boolean): OpenFinding {
    const start = Date.parse(blip.start);
    const one = startFinding(rule, {
      subject: blipSubject(blip),
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

  /** Looks at every open finding about a pattern once more for each window that is over. */
  #closeWindows(time: number): void {
    const needed = (width: number) => [...this.#open.all.values()].some((one) => one.kind === 'pattern' && one.width === width);
    for (const { width, end } of this.#windows.over(time, needed)) {
      for (const one of [...this.#open.all.values()]) {
        if (one.kind !== 'pattern' || one.width !== width || one.held >= end || this.#alerts.isOn(one.alerts, time)) continue;
        const group = this.#quiet.groups.get(one.group);
        if (!group || !isBlind(group, end, width)) this.#open.clears(one, time);
        else if (one.blind === null) {
          one.blind = group.lastWindow;
          this.#announce(this.#open.finding(one, time), time);
        }
      }
    }
  }

  #finding({ finding, time }: FindingSignal): void {
    if (finding.state === 'resolved') this.#others.delete(finding.id);
    else if (this.#others.has(finding.id) || this.#others.size < this.#settings.maxFindings) this.#others.set(finding.id, finding);
    this.#announce(finding, time);
    const known = this.#open.get('finding', finding.id);
    // The finding itself has waited until it was clear.
    if (finding.state === 'resolved') {
      if (known) this.#open.end(known, time);
      return;
    }
    const holding = finding.state === 'firing' ? this.#ofFindings.filter(({ finding: holds }) => holds!(finding)) : [];
    if (holding.length === 0) return;
    const since = Date.parse(finding.since);
    const one =
      known ??
      startFinding(holding[0]!.rule, {
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
    if (!known && !this.#open.open(one)) return;
    one.result = { finding: finding.id, finding_type: finding.type, finding_severity: finding.severity };
    const rules = holding.map(({ rule }) => rule);
    this.#open.holds(one, rules, time, { news: false });
    this.#wait(one, time);
  }

  /** The rules that hold now for a finding, by their names. */
  #holding({ holds }: OpenFinding): Rule[] {
    const names = new Set(holds.map(([name]) => name));
    return this.#settings.rules.filter(({ name }) => names.has(name));
  }

  /** When the next rule that holds for it will have held for long enough. */
  #wait(one: OpenFinding, now: number): void {
    const since = new Map(one.holds);
    const dues = this.#holding(one).map((rule) => since.get(rule.name)! + (rule.for ?? 0));
    const ahead = dues.filter((due) => due > now);
    this.#waits.set(findingKey(one), ahead.length > 0 ? Math.min(...ahead) : null);
  }

  #endWaits(time: number): void {
    for (let first = this.#waits.first(); first && first.time <= time; first = this.#waits.first()) {
      this.#waits.set(first.key, null);
      const one = this.#open.all.get(first.key);
      if (!one) continue;
      this.#open.holds(one, this.#holding(one), time, { news: false });
      this.#wait(one, time);
    }
  }

  /** Findings that are open: of this operator's rules and of the operators before it. */
  *#allOpen(): Generator<Finding> {
    yield* this.#open.findings(this.#now ?? 0);
    yield* this.#others.values();
  }

  #announce(finding: Finding, now: number): void {
    this.#announcer.announce(finding, now, this.#emit);
  }
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

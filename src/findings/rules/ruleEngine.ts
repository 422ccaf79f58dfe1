// One file, because what a signal is shown to, and in which order, is what an engine of rules is.
import { evictOldest } from '../../base/evictOldest.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Blip, EventSignal, Finding, FindingSignal, Mark, Signal } from '../../signal.ts';
import { Alerts } from './alerts.ts';
import { FindingRules } from './findingRules.ts';
import type { OpenFinding } from './openFinding.ts';
import { OpenFindings } from './openFindings.ts';
import { compileCondition } from './condition.ts';
import { hadData, isBlind, type Group } from '../windows/groups.ts';
import { hashWhen, type Settings } from './options.ts';
import { PatternRules } from './patternRules.ts';
import { Expectations } from './expectations.ts';
import { MissedJobs } from './missedJobs.ts';
import { ThereBefore } from './thereBefore.ts';
import { QuietGroups } from './quietGroups.ts';
import { UnreadGroups } from './unreadGroups.ts';
import { Announcer, type EmitFinding } from '../answers/announcer.ts';
import { LearnedSchedules } from '../schedules/learnedSchedules.ts';
import { ExpectedNoise } from '../settle/expectedNoise.ts';
import { Settling } from '../settle/settling.ts';
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
  /** Absent in what was saved before there were schedules. */
  jobs?: Json;
  expected?: Json;
  /** Of each rule its name, and a hash of when it holds; absent in what older releases saved. */
  rules?: [string, string][];
  before?: Json;
  settling?: Json;
  unread?: Json;
  /** Absent in what was saved before there were budgets of false alarms. */
  budgets?: Json;
  floods?: Json;
}

/** Where signals become findings, and findings meet what people say about them. One engine for all groups; plain state. */
export class RuleEngine {
  readonly #settings: Settings;
  readonly #open: OpenFindings;
  readonly #patterns: PatternRules;
  readonly #findings: FindingRules;
  readonly #quiet: QuietGroups;
  readonly #schedules = new LearnedSchedules();
  readonly #jobs: MissedJobs;
  readonly #expected: Expectations;
  readonly #unread: UnreadGroups;
  /** Open findings of operators before this one, as they came. */
  readonly #others = new Map<string, Finding>();
  readonly #windows = new Windows();
  /** Length of the windows of each group. */
  readonly #widths = new Map<string, number>();
  readonly #settling: Settling;
  readonly #noise: ExpectedNoise;
  readonly #announcer = new Announcer();
  readonly #alerts = new Alerts();
  readonly #before = new ThereBefore();
  /** Newest event time; null before the first signal. */
  #now: number | null = null;
  /** When something other than the silence of a group is due: events, which are many, do not change it. */
  #due: number | null = null;
  #emit: EmitFinding = () => {};

  constructor(settings: Settings) {
    const conditions = settings.rules.map(compileCondition);
    this.#settings = settings;
    this.#open = new OpenFindings(settings, (finding, now) => this.#announce(finding, now));
    this.#patterns = new PatternRules(
      conditions.filter(({ blip }) => blip),
      this.#open,
      { before: this.#before, settings },
    );
    this.#findings = new FindingRules(
      conditions.filter(({ finding }) => finding),
      this.#open,
      this.#before,
    );
    const silence = conditions.filter(({ quiet }) => quiet);
    this.#quiet = new QuietGroups(silence, this.#open, { maxGroups: settings.maxGroups, before: this.#before });
    this.#jobs = new MissedJobs(this.#schedules, silence, this.#open);
    this.#settling = new Settling(settings.settle);
    this.#noise = new ExpectedNoise(this.#settling, this.#schedules);
    this.#unread = new UnreadGroups(
      conditions.filter(({ unread }) => unread),
      this.#open,
      settings.maxGroups,
    );
    this.#expected = new Expectations(settings.rules, this.#open);
  }

  /** What a pattern comes of, before anybody sees it: the caller takes and hands on what this returns. */
  prepare(signal: Signal): Signal {
    if (signal.kind !== 'blip') return signal;
    const blip = this.#noise.tag(signal.blip);
    return blip === signal.blip ? signal : { ...signal, blip };
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
    return least(least(this.#quiet.due, this.#expected.due), this.#due);
  }

  tick(time: number, emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now === null || time > this.#now) this.#now = time;
    this.#open.endRemoved(time);
    this.#closeWindows(time);
    this.#quiet.tick(time, (group) => this.#widths.get(group) ?? null);
    this.#findings.tick(time);
    this.#jobs.tick(time);
    this.#expected.tick(time);
    this.#settle(time);
    if (this.#announcer.due !== null && this.#announcer.due <= time) this.#announcer.announceChanged(this.#allOpen(), time, emit);
    this.#open.repeat(time);
    this.#look();
  }

  /** The input is complete: the windows that blips came in are over. */
  end(emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now !== null) this.#open.endRemoved(this.#now);
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
      alreadyOn: this.#patterns.alreadyOn.save(),
      jobs: this.#schedules.save(),
      expected: this.#expected.save(),
      rules: this.#settings.rules.map((rule) => [rule.name, hashWhen(rule)]),
      before: this.#before.save(),
      settling: this.#settling.save(),
      unread: this.#unread.save(),
      budgets: this.#patterns.budgets.save(),
      floods: this.#patterns.floods.save(),
    };
    return toSaved(structuredClone(saved));
  }

  static load(json: Json, settings: Settings): RuleEngine {
    const saved = fromSaved<Saved>(structuredClone(json));
    const {
      now,
      cases,
      others,
      teller,
      groups,
      widths,
      windows,
      overflow,
      alerts,
      alreadyOn,
      jobs,
      expected,
      settling,
      before = [],
    } = saved;
    const engine = new RuleEngine(settings);
    engine.#now = now;
    const known = saved.rules && new Map(saved.rules);
    const current = new Map(settings.rules.map((rule) => [rule.name, hashWhen(rule)]));
    engine.#open.load(cases, (rule) => known?.has(rule) === true && known.get(rule) !== current.get(rule));
    engine.#before.load(before, (rule) => current.has(rule));
    engine.#open.overflow = overflow;
    for (const [id, finding] of others) engine.#others.set(id, finding);
    engine.#announcer.load(teller, now ?? Number.MIN_SAFE_INTEGER);
    for (const [name, group] of groups) engine.#quiet.groups.set(name, group);
    for (const [name, width] of widths) engine.#widths.set(name, width);
    engine.#windows.load(windows);
    engine.#alerts.load(alerts);
    engine.#patterns.alreadyOn.load(alreadyOn);
    if (jobs) engine.#schedules.load(jobs);
    if (expected) engine.#expected.load(expected);
    if (saved.budgets) engine.#patterns.budgets.load(saved.budgets);
    if (saved.floods) engine.#patterns.floods.load(saved.floods);
    for (const rule of current.keys()) if (known?.has(rule) === false) engine.#added(rule, now ?? Number.MIN_SAFE_INTEGER);
    engine.#quiet.dropUnasked();
    if (settling) engine.#settling.load(settling);
    if (saved.unread) engine.#unread.load(saved.unread);
    engine.#quiet.restore();
    engine.#findings.restore(now ?? 0);
    engine.#look();
    return engine;
  }

  /** A rule that was not there before: it is asked from now on, and says nothing of what was so before. */
  #added(rule: string, since: number): void {
    this.#before.add(rule, since);
    this.#findings.added(rule, this.#others.values());
    this.#quiet.added(rule, since);
  }

  #look(): void {
    const dues = [
      this.#windows.due,
      this.#announcer.due,
      this.#findings.due,
      this.#jobs.due,
      this.#settling.due,
      this.#open.hasRemoved ? this.#now : null,
    ];
    this.#due = dues.reduce(least);
  }

  #event({ key, time, event }: EventSignal): void {
    this.#quiet.hear(key || event.group_id, time);
    this.#expected.see(event, key, time);
    this.#unread.see(event, key, time);
    this.#settling.hear(key || event.group_id, event, time);
    if (this.#patterns.isEmpty || !this.#alerts.hear(event, time)) return;
    // Its sender says that it is over: there is nothing to wait for.
    for (const one of [...this.#open.all.values()]) {
      if (one.alerts.length > 0 && !this.#alerts.isOn(one.alerts, time)) this.#open.end(one, time);
    }
  }

  #blip(blip: Blip, now: number): void {
    if (blip.partial) return;
    const start = Date.parse(blip.start);
    const end = Date.parse(blip.end);
    const width = end - start;
    this.#windows.see(width, end);
    if (!blip.open && blip.count > 0) {
      hadData(this.#quiet.group(blip.group_id), end, width);
      this.#widths.set(blip.group_id, width);
      evictOldest(this.#widths, this.#settings.maxGroups);
    }
    this.#jobs.see(blip, now);
    this.#announcer.watch(blip, () => this.#allOpen(), now, this.#emit);
    const alerts = this.#alerts.of(blip);
    // An alert that was over before its window was: it is no news any more.
    if (alerts.length > 0 && !this.#alerts.isOn(alerts, now)) return;
    this.#patterns.judge(blip, now, alerts);
  }

  #mark(mark: Mark, now: number): void {
    if (mark.type === 'change') this.#settling.mark(mark, this.#quiet.groups.keys());
    this.#announcer.take(mark, () => this.#allOpen(), now, this.#emit);
    if (mark.as_usual === undefined) return;
    // Called usual, it is over although it goes on: it begins anew only if a rule finds it anew.
    const ids = new Set([mark.target, ...mark.as_usual]);
    this.#schedules.forget(ids);
    for (const one of [...this.#open.all.values()]) {
      if ((one.kind === 'pattern' || one.kind === 'job') && [one.id, one.group, one.topic, one.template].some((id) => id && ids.has(id)))
        this.#open.end(one, now);
    }
  }

  /** Looks at every open finding about patterns once more for each window that is over. */
  #closeWindows(time: number): void {
    const isOfPatterns = ({ kind }: OpenFinding) => kind === 'pattern' || kind === 'flood';
    const needed = (width: number) => [...this.#open.all.values()].some((one) => isOfPatterns(one) && one.width === width);
    for (const { width, end } of this.#windows.over(time, needed)) {
      for (const one of [...this.#open.all.values()]) {
        if (!isOfPatterns(one) || one.width !== width || one.held >= end || this.#alerts.isOn(one.alerts, time)) continue;
        const group = this.#quiet.groups.get(one.group);
        if (!group || !isBlind(group, end, width)) this.#open.clears(one, time);
        else if (one.blind === null) {
          one.blind = group.lastWindow;
          this.#announce(this.#open.finding(one, time), time);
        }
      }
    }
  }

  #finding({ finding: given, time }: FindingSignal): void {
    const finding = this.#noise.tagFinding(given);
    if (finding.state === 'resolved') this.#others.delete(finding.id);
    else if (this.#others.has(finding.id) || this.#others.size < this.#settings.maxFindings) this.#others.set(finding.id, finding);
    this.#announce(finding, time);
    this.#findings.judge(finding, time);
  }

  /** Says what came and went with changes that have settled; what people said of what went is said of what came in its place. */
  #settle(time: number): void {
    for (const { note, successors } of this.#settling.settled(time)) {
      for (const { from, to } of successors) this.#announcer.succeed(from, to);
      this.#announce(note, time);
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

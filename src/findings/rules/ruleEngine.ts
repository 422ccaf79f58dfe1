import type { Json } from '../../event.ts';
import type { Blip, EventSignal, Finding, FindingSignal, Mark, Signal } from '../../signal.ts';
import { isBeyondBudget } from '../byChance.ts';
import { withStanding } from '../makeFinding.ts';
import type { EmitFinding } from '../answers/announcer.ts';
import { makeParts, type EngineParts } from './engineParts.ts';
import type { Settings } from './options.ts';
import { loadParts, saveParts } from './savedEngine.ts';

/** Where signals become findings, and findings meet what people answer to them. One engine for all groups; plain state. */
export class RuleEngine {
  readonly #parts: EngineParts;
  /** Newest event time; null before the first signal. */
  #now: number | null = null;
  /** When something other than the silence of a group is due: events, which are many, do not change it. */
  #due: number | null = null;
  #emit: EmitFinding = () => {};

  constructor(settings: Settings) {
    this.#parts = makeParts(settings, (finding, now) => this.#announce(finding, now));
  }

  /** What a pattern comes of, before anybody sees it: the caller takes and hands on what this returns. */
  prepare(signal: Signal): Signal {
    if (signal.kind !== 'blip') return signal;
    const blip = this.#parts.noise.tag(signal.blip);
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
    else if (signal.kind === 'radar' && !signal.radar.open) this.#parts.windows.close(signal.time);
    else if (signal.kind === 'mark') this.#mark(signal.mark, this.#now ?? signal.time);
    this.#look();
  }

  due(): number | null {
    return least(least(this.#parts.quiet.due, this.#parts.expected.due), this.#due);
  }

  tick(time: number, emit: EmitFinding): void {
    const { announcer, expected, findings, jobs, open, quiet, windows } = this.#parts;
    this.#emit = emit;
    if (this.#now === null || time > this.#now) this.#now = time;
    open.endRemoved(time);
    windows.close(time);
    quiet.tick(time, (group) => windows.findWidth(group));
    findings.tick(time);
    jobs.tick(time);
    expected.tick(time);
    this.#settle(time);
    if (announcer.due !== null && announcer.due <= time) announcer.announceChanged(this.#allOpen(), time, emit);
    open.repeat(time);
    this.#look();
  }

  /** The input is complete: the windows that blips came in are over. */
  end(emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now !== null) this.#parts.open.endRemoved(this.#now);
    const { due } = this.#parts.windows;
    if (due !== null && this.#now !== null && due <= this.#now + 1) this.#parts.windows.close(due);
  }

  save(): Json {
    return saveParts(this.#parts, this.#now);
  }

  static load(json: Json, settings: Settings): RuleEngine {
    const engine = new RuleEngine(settings);
    engine.#now = loadParts(json, engine.#parts);
    engine.#look();
    return engine;
  }

  #look(): void {
    const { announcer, findings, jobs, open, settling, windows } = this.#parts;
    const dues = [windows.due, announcer.due, findings.due, jobs.due, settling.due, open.hasRemoved ? this.#now : null];
    this.#due = dues.reduce(least);
  }

  #event(signal: EventSignal): void {
    const { key, time, event } = signal;
    const { alerts, expected, open, patterns, quiet, settling, unread } = this.#parts;
    quiet.observe(key || event.group_id, time, event.text);
    expected.see(event, key, time);
    unread.see(signal);
    settling.observe(key || event.group_id, event, time);
    if (patterns.isEmpty || !alerts.observe(event, time)) return;
    // Its sender says that it is over: there is nothing to wait for.
    for (const one of [...open.all.values()]) {
      if (one.alerts.length > 0 && !alerts.isOn(one.alerts, time)) open.end(one, time);
    }
  }

  #blip(blip: Blip, now: number): void {
    const { alerts, announcer, jobs, patterns, windows } = this.#parts;
    if (blip.partial) return;
    windows.see(blip);
    jobs.see(blip, now);
    announcer.watch(blip, () => this.#allOpen(), now, this.#emit);
    const about = alerts.of(blip);
    // An alert that was over before its window was: it is no news any more.
    if (about.length > 0 && !alerts.isOn(about, now)) return;
    patterns.judge(blip, now, about);
  }

  #mark(mark: Mark, now: number): void {
    const { announcer, open, quiet, schedules, settling } = this.#parts;
    // What a model guessed is shown, and answers nothing.
    if (mark.type === 'guess') return;
    if (mark.type === 'change') settling.mark(mark, quiet.groups.keys());
    announcer.take(mark, () => this.#allOpen(), now, this.#emit);
    if (mark.as_usual === undefined) return;
    // Called usual, it is over although it goes on: it begins anew only if a rule finds it anew.
    const ids = new Set([mark.target, ...mark.as_usual]);
    schedules.forget(ids);
    for (const one of [...open.all.values()]) {
      if ((one.kind === 'pattern' || one.kind === 'job') && [one.id, one.group, one.topic, one.template].some((id) => id && ids.has(id)))
        open.end(one, now);
    }
  }

  #finding({ finding: given, time }: FindingSignal): void {
    const finding = this.#withBudget(this.#parts.noise.tagFinding(given), time);
    this.#parts.others.take(finding);
    this.#announce(finding, time);
    if (!isBeyondBudget(finding)) this.#parts.findings.judge(finding, time);
  }

  /** A spike of a count, with how it stands to what may open by chance. */
  #withBudget(finding: Finding, time: number): Finding {
    if (finding.type !== 'spike') return finding;
    const before = this.#parts.others.get(finding.id)?.result.false_alarms;
    const standing = finding.state === 'firing' ? this.#parts.patterns.budgets.judgeSpike(finding, before, time) : before;
    return standing === undefined ? finding : withStanding(finding, { false_alarms: standing });
  }

  /** Reports what came and went with changes that have settled; what people answered of what went holds for what came in its place. */
  #settle(time: number): void {
    for (const { note, successors } of this.#parts.settling.settled(time)) {
      for (const { from, to } of successors) this.#parts.announcer.succeed(from, to);
      this.#announce(note, time);
    }
  }

  /** Findings that are open: of this operator's rules and of the operators before it. */
  *#allOpen(): Generator<Finding> {
    yield* this.#parts.open.findings(this.#now ?? 0);
    yield* this.#parts.others.values();
  }

  #announce(finding: Finding, now: number): void {
    this.#parts.announcer.announce(finding, now, this.#emit);
  }
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));

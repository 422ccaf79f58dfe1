import { DueHeap } from '../../kernel/dueHeap.ts';
import { startFinding } from './openFinding.ts';
import type { OpenFindings } from './openFindings.ts';
import type { Condition } from './condition.ts';
import type { Rule } from './options.ts';
import type { ThereBefore } from './thereBefore.ts';
import { isProcessLine } from '../settle/isProcessLine.ts';
import { countEvent, isRegular, startGroup, usualGap, type Group } from '../windows/groups.ts';
import { countGap, longestByChance, startLongGaps } from '../windows/longGaps.ts';

/** So many usual gaps must pass before a group is missed, however short the rule's own time is. */
const gapsMissed = 3;

/**
 * A group that came so long after the others, milliseconds, may come and go by the hour: for a day nobody knows. One that came
 * at eight and is silent at six keeps office hours more often than it has died: its silence is shown, and wakes nobody. One
 * that said as it came that it was starting was put there, and is missed as any other; until it says so later on, for
 * that may have been its end.
 */
const later = 30 * 60_000;
const day = 24 * 60 * 60_000;
const coming = 60_000;
/** Of a line no more than that is read, characters. */
const mostRead = 500;

/** The rules about groups that have gone silent. Looks at a group when its time is up, not at every event. */
export class QuietGroups {
  readonly groups = new Map<string, Group>();
  readonly #rules: readonly Condition[];
  readonly #open: OpenFindings;
  readonly #maxGroups: number;
  /** By rule and group: when the group would have been silent for too long, as far as was known when it was set. */
  readonly #dues = new DueHeap();
  /** Groups whose silence is a finding: of the others an event needs no look at the open findings. */
  readonly #silent = new Set<string>();

  readonly #before: ThereBefore;
  /** When the first group was seen, milliseconds of event time; null before that. */
  began: number | null = null;

  constructor(rules: readonly Condition[], open: OpenFindings, { maxGroups, before }: { maxGroups: number; before: ThereBefore }) {
    this.#before = before;
    this.#rules = rules;
    this.#open = open;
    this.#maxGroups = maxGroups;
  }

  get due(): number | null {
    const { nextTime } = this.#dues;
    return nextTime === Number.POSITIVE_INFINITY ? null : nextTime;
  }

  /** The group of that name, remembered from now on. */
  group(name: string): Group {
    let group = this.groups.get(name);
    if (!group) {
      if (this.groups.size >= this.#maxGroups) this.#makeRoom();
      this.groups.set(name, (group = startGroup()));
    }
    return group;
  }

  /** An event of a group: it is not silent. One stray event is not enough to say that it is back. */
  observe(name: string, time: number, text: string): void {
    if (this.#rules.length === 0) return;
    const group = this.groups.get(name) ?? this.group(name);
    this.began ??= time;
    if (group.events === 0 && time - this.began >= later) group.strangeUntil = time + day;
    if (group.strangeUntil !== undefined && time < group.strangeUntil && isProcessLine(text.slice(0, mostRead)))
      group.introduced = time - (group.strangeUntil - day) <= coming;
    const wasKnown = usualGap(group) !== null;
    const gap = time - group.last;
    const wasSilent = this.#rules.some(({ rule }) => this.#before.holds(rule.name, name));
    if (wasSilent) this.#before.release(name);
    countEvent(group, time);
    const usual = usualGap(group);
    // A silence that was a finding is no habit.
    if (wasKnown && usual !== null && !this.#silent.has(name)) countGap((group.long ??= startLongGaps(time)), { gap, usual, time });
    if (wasSilent) this.#watch(name, group);
    if (!wasKnown && usual !== null) this.#watch(name, group);
    if (this.#silent.has(name)) this.#answer(name, group, time);
  }

  /** A group that was silent sends again. */
  #answer(name: string, group: Group, time: number): void {
    this.#silent.delete(name);
    const one = this.#open.get('quiet', name);
    if (!one) return;
    one.result.quiet_ms = Math.max(0, time - one.since);
    this.#open.clears(one, time);
    if (this.#open.get('quiet', name)) this.#silent.add(name);
    else this.#watch(name, group);
  }

  /** Looks at the groups whose time is up. */
  tick(time: number, findWidth: (group: string) => number | null): void {
    for (let first = this.#dues.first(); first && first.time <= time; first = this.#dues.first()) {
      const cut = first.key.indexOf('\0');
      const name = first.key.slice(cut + 1);
      const { rule } = this.#rules.find((one) => one.rule.name === first.key.slice(0, cut))!;
      const group = this.groups.get(name);
      const due = group ? deadline(group, rule.for!) : null;
      this.#dues.set(first.key, due !== null && due > time ? due : null);
      if (!group || due === null || due > time) continue;
      const width = findWidth(name);
      // One that sends now and then is not missed. Looked at again, for it may become one that is.
      if (width !== null && !isRegular(group, width)) {
        this.#dues.set(first.key, time + rule.for!);
        continue;
      }
      const surely = sureAt(group, due);
      const isSure = surely <= time;
      const known = this.#open.get('quiet', name);
      const one = known ?? startFinding(rule, { ...describeSilence(name, group, width), period: group.last });
      if (known || this.#open.open(one)) {
        this.#silent.add(name);
        const names = new Set([rule.name, ...one.holds.map(([other]) => other)]);
        const holding = this.#rules.flatMap((other) => (names.has(other.rule.name) ? [other.rule] : []));
        if (isSure) delete one.result.hours_unknown;
        else one.result.hours_unknown = true;
        this.#open.holds(one, isSure ? holding : holding.map(shownOnly), time, { news: !known });
        if (!isSure) this.#dues.set(first.key, surely);
      } else this.#dues.set(first.key, time + rule.for!);
    }
  }

  /** Groups that had been silent for too long when a rule was added, at that event time, are none of its news. */
  added(name: string, since: number): void {
    const found = this.#rules.find(({ rule }) => rule.name === name);
    for (const [group, known] of found ? this.groups : []) {
      const due = found!.quiet!(group) ? deadline(known, found!.rule.for!) : null;
      if (due !== null && due <= since) this.#before.hold(name, group);
    }
  }

  /** Findings about groups that no rule is about any more: nothing would look at them while the groups are silent. */
  dropUnasked(): void {
    for (const one of this.#open.all.values()) {
      if (one.kind === 'quiet' && one.recheck && !this.#rules.some(({ quiet }) => quiet!(one.subject)))
        this.#open.remove(one, 'rule changed');
    }
  }

  /** Sets the times anew from what is known, after a restart. */
  restore(): void {
    for (const { kind, subject } of this.#open.all.values()) if (kind === 'quiet') this.#silent.add(subject);
    for (const [name, group] of this.groups) this.#watch(name, group);
  }

  #watch(name: string, group: Group): void {
    for (const { rule, quiet } of this.#rules) {
      if (!quiet!(name) || this.#before.holds(rule.name, name)) continue;
      const due = deadline(group, rule.for!);
      const open = this.#open.get('quiet', name);
      if (!open?.holds.some(([holding]) => holding === rule.name)) this.#dues.set(dueKey(rule.name, name), due);
      else if (open.result.hours_unknown && due !== null) this.#dues.set(dueKey(rule.name, name), sureAt(group, due));
    }
  }

  /** Forgets a tenth of the groups: those silent longest, and none whose silence is a finding. */
  #makeRoom(): void {
    const idle = [...this.groups].filter(([name]) => !this.#silent.has(name));
    idle.sort(([, a], [, b]) => a.last - b.last);
    for (const [name] of idle.slice(0, Math.ceil(this.#maxGroups / 10))) {
      this.groups.delete(name);
      for (const { rule } of this.#rules) this.#dues.set(dueKey(rule.name, name), null);
    }
  }
}

/** A finding about a silent group as it begins. */
function describeSilence(name: string, group: Group, width: number | null) {
  const gap = usualGap(group)!;
  return {
    subject: name,
    kind: 'quiet' as const,
    group: name,
    topic: null,
    title: 'no events',
    since: group.last,
    result: { no_data: true, usual_gap_ms: Math.round(gap), usual: width === null ? null : Math.round(width / gap) },
  };
}

const dueKey = (rule: string, group: string): string => `${rule}\0${group}`;

/**
 * When a group will have been silent for too long, milliseconds: as long as the rule says, and longer than its own gaps are by
 * chance. Null while its usual gap is not known.
 */
function deadline(group: Group, wait: number): number | null {
  const gap = usualGap(group);
  if (gap === null) return null;
  const byChance = group.long ? (longestByChance(group.long, { usual: gap, now: group.last }) ?? 0) : 0;
  return group.last + Math.ceil(Math.max(wait, Math.max(gapsMissed, byChance) * gap));
}

/** From when on the silence of a group that is missed at `due` says that something is wrong. */
const sureAt = ({ last, strangeUntil, introduced }: Group, due: number): number =>
  strangeUntil === undefined || introduced === true ? due : Math.max(due, strangeUntil + due - last);

/** The rule as it speaks of what may be nothing: that is shown, and sent to nobody. */
const shownOnly = (rule: Rule): Rule => ({ ...rule, severity: 'info' });

import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Finding } from '../../signal.ts';
import type { Group } from '../windows/groups.ts';
import type { EngineParts } from './engineParts.ts';
import { hashWhen } from './options.ts';

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
  /** When the first group was seen; absent in what older releases saved. */
  began?: number | null;
}

/** An engine of rules as plain JSON. `now` is the newest event time, null before the first signal. */
export function saveParts(parts: EngineParts, now: number | null): Json {
  const saved: Saved = {
    now,
    cases: parts.open.save(),
    others: parts.others.save(),
    teller: parts.announcer.save(),
    groups: [...parts.quiet.groups],
    ...parts.windows.save(),
    overflow: parts.open.overflow,
    alerts: parts.alerts.save(),
    alreadyOn: parts.patterns.alreadyOn.save(),
    jobs: parts.schedules.save(),
    expected: parts.expected.save(),
    rules: parts.settings.rules.map((rule) => [rule.name, hashWhen(rule)]),
    before: parts.before.save(),
    settling: parts.settling.save(),
    unread: parts.unread.save(),
    budgets: parts.patterns.budgets.save(),
    floods: parts.patterns.floods.save(),
    began: parts.quiet.began,
  };
  return toSaved(structuredClone(saved));
}

/**
 * Puts what was saved into parts that are as they begin, and returns the newest event time of before. Findings of rules
 * that are gone or hold at other times end; a rule that was not there before is asked from now on.
 */
export function loadParts(json: Json, parts: EngineParts): number | null {
  const saved = fromSaved<Saved>(structuredClone(json));
  const { now } = saved;
  const known = saved.rules && new Map(saved.rules);
  const current = new Map(parts.settings.rules.map((rule) => [rule.name, hashWhen(rule)]));
  parts.open.load(saved.cases, (rule) => known?.has(rule) === true && known.get(rule) !== current.get(rule));
  parts.before.load(saved.before ?? [], (rule) => current.has(rule));
  parts.open.overflow = saved.overflow;
  parts.others.load(saved.others);
  parts.announcer.load(saved.teller, now ?? Number.MIN_SAFE_INTEGER);
  for (const [name, group] of saved.groups) parts.quiet.groups.set(name, group);
  parts.windows.load(saved);
  parts.alerts.load(saved.alerts);
  parts.patterns.alreadyOn.load(saved.alreadyOn);
  if (saved.jobs) parts.schedules.load(saved.jobs);
  if (saved.expected) parts.expected.load(saved.expected);
  if (saved.budgets) parts.patterns.budgets.load(saved.budgets);
  if (saved.floods) parts.patterns.floods.load(saved.floods);
  for (const rule of current.keys()) if (known?.has(rule) === false) addRule(parts, rule, now ?? Number.MIN_SAFE_INTEGER);
  parts.quiet.began = saved.began === undefined ? now : saved.began;
  parts.quiet.dropUnasked();
  if (saved.settling) parts.settling.load(saved.settling);
  if (saved.unread) parts.unread.load(saved.unread);
  parts.quiet.restore();
  parts.findings.restore(now ?? 0);
  return now;
}

/** A rule that was not there before: it is asked from now on, and reports nothing of what was so before. */
function addRule({ before, findings, quiet, others }: EngineParts, rule: string, since: number): void {
  before.add(rule, since);
  findings.added(rule, others.values());
  quiet.added(rule, since);
}

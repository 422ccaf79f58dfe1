import { evictOldest } from '../../base/evictOldest.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import { toIso, type Event, type Json } from '../../event.ts';
import { digest } from '../../base/digest.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import type { Blip, Finding, Mark, RuleFinding } from '../../signal.ts';
import { makeFinding, withStanding } from '../makeFinding.ts';
import { isOfChange } from './isOfChange.ts';
import { isProcessLine } from './isProcessLine.ts';
import { findSuccessors, type Turned } from './successors.ts';
import { isWorse, Versions } from './versions.ts';

/** A change of a group that settles. Plain data; times are milliseconds. */
interface Settle {
  group: string;
  /** What it is called: a version, the text of a mark, or a rollout. */
  name: string;
  version: string | null;
  at: number;
  until: number;
  width: number;
  fresh: [string, Turned][];
  gone: [string, Turned][];
  /** Patterns of ERROR among the fresh ones. */
  errors: string[];
  announced: boolean;
}

/** In saved state `announced` is called `told`. */
type SavedSettle = Omit<Settle, 'announced'> & { told: boolean };
const toSavedSettle = ({ announced, ...one }: Settle): SavedSettle => ({ ...one, told: announced });

/** A change of which all is known: the line about it, and what goes on in other words. */
export interface Settled {
  note: RuleFinding;
  successors: { from: string; to: string }[];
}

const errorRank = rankLevel('ERROR');
const mostGroups = 10_000;
const mostPatterns = 500;
/** A line may come a little before the record that names what changed. */
const before = 60_000;
const defaultWidth = 300_000;
/** Windows after the change in which what went with it is missed. */
const missedWithin = 2;

/**
 * What follows a change of a group: while it settles, what is new, back or gone at WARN and below is shown and not sent,
 * and counted in one line. New errors are held against those of the version before.
 */
export class Settling {
  readonly #length: number;
  readonly #versions = new Versions();
  readonly #settles = new Map<string, Settle>();
  /** Levels of patterns, by template: what a spike is about is known by it. */
  readonly #levels = new Map<string, number>();

  /** @param length how long a change settles, milliseconds; 0 for not at all */
  constructor(length: number) {
    this.#length = length;
  }

  get due(): number | null {
    let due: number | null = null;
    for (const one of this.#settles.values()) if (!one.announced && (due === null || findEnd(one) < due)) due = findEnd(one);
    return due;
  }

  /** Takes a record: a version that was not there before is a change of its group. */
  observe(group: string, event: Event, time: number): void {
    if (this.#length === 0) return;
    const version = this.#versions.see(group, event, time);
    if (version !== null) this.#begin(group, time, { name: version, version });
  }

  /** Takes a change that somebody marked, of the groups that it names. */
  mark({ text = '', at }: Mark, groups: Iterable<string>): void {
    if (this.#length === 0) return;
    for (const group of groups) if (isOfChange(group, text)) this.#begin(group, Date.parse(at), { name: text, version: null });
  }

  /** The pattern as it goes on: marked, where it comes of a change that settles. */
  tag(blip: Blip): Blip {
    const level = rankLevel(blip.level ?? undefined);
    this.#levels.delete(blip.template_id);
    this.#levels.set(blip.template_id, level);
    evictOldest(this.#levels, mostGroups);
    if (this.#length === 0) return blip;
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    const moved = blip.state === 'new' || blip.state === 'returning' || blip.state === 'rising';
    if (moved && level < errorRank && blip.why.learning === undefined && isProcessLine(blip.pattern))
      this.#begin(blip.group_id, Math.max(start, Date.parse(blip.first_seen)), { name: 'rollout', version: null });
    const one = this.#settles.get(blip.group_id);
    if (!one) return blip;
    one.width = end - start;
    this.#count(one, blip, level);
    if (!concerns(one, blip, start, end)) return blip;
    if (level < errorRank) return { ...blip, settling: one.name };
    return this.#judgeError(one, blip, end);
  }

  /** Rank of the level a pattern had last; -1 where none is known. */
  findLevel(template: string): number {
    return this.#levels.get(template) ?? -1;
  }

  /** A finding of another operator as it goes on: one about what is no error, of a group that settles, is marked. */
  tagFinding(finding: Finding): Finding {
    const one = this.#settles.get(finding.group_id);
    if (!one || (finding.type !== 'spike' && finding.type !== 'session')) return finding;
    const since = Date.parse(finding.since);
    if (since < one.at - one.width || since >= findEnd(one)) return finding;
    const level = finding.template_id === undefined ? -1 : this.findLevel(finding.template_id);
    return level >= errorRank ? finding : withStanding(finding, { settling: one.name });
  }

  /** Changes that have settled by that time; each is announced once. */
  settled(time: number): Settled[] {
    const over = [...this.#settles.values()].filter((one) => !one.announced && findEnd(one) <= time);
    return over.flatMap((one) => {
      one.announced = true;
      if (one.fresh.length + one.gone.length === 0) return [];
      const successors = findSuccessors(
        one.gone.map(([, turned]) => turned),
        one.fresh.map(([, turned]) => turned),
      );
      return [{ note: describeSettled(one, successors.length, time), successors }];
    });
  }

  save(): Json {
    return toSaved({ versions: this.#versions.save(), settles: [...this.#settles.values()].map(toSavedSettle), levels: [...this.#levels] });
  }

  load(json: Json): void {
    const saved = fromSaved<{ versions: Json; settles: SavedSettle[]; levels: [string, number][] }>(structuredClone(json));
    this.#versions.load(saved.versions);
    for (const { told, ...one } of saved.settles) this.#settles.set(one.group, { ...one, announced: told });
    for (const [template, level] of saved.levels) this.#levels.set(template, level);
  }

  /** One change of a group at a time: what comes while it settles is the same change, under its most telling name. */
  #begin(group: string, at: number, { name, version }: Pick<Settle, 'name' | 'version'>): void {
    const known = this.#settles.get(group);
    if (known && at < findEnd(known)) {
      if (known.name === 'rollout' || (version !== null && known.version === null)) Object.assign(known, { name, version });
      known.at = Math.min(known.at, at);
      return;
    }
    const one = {
      group,
      name,
      version,
      at,
      until: at + this.#length,
      width: defaultWidth,
      fresh: [],
      gone: [],
      errors: [],
      announced: false,
    };
    this.#settles.delete(group);
    this.#settles.set(group, one);
    evictOldest(this.#settles, mostGroups);
  }

  /** What came and what went with the change. */
  #count(one: Settle, blip: Blip, level: number): void {
    if (blip.measure !== undefined || blip.volume !== undefined || one.announced) return;
    const first = Date.parse(blip.first_seen);
    const { template_id: template, label } = blip;
    const note = (list: [string, Turned][], rate: number) => {
      if (list.length < mostPatterns && !list.some(([id]) => id === template))
        list.push([template, { template, label, level: blip.level, rate }]);
    };
    if (first >= one.at - before && first < one.until) {
      note(one.fresh, blip.count);
      const known = one.fresh.find(([id]) => id === template)?.[1];
      if (known) known.rate = Math.max(known.rate, blip.count);
      if (level >= errorRank && !one.errors.includes(template)) one.errors.push(template);
    } else if (blip.state === 'gone' && Date.parse(blip.end) > one.at) note(one.gone, blip.usual ?? 0);
  }

  /** A new error is held back while the version is no worse than the one before; one that is goes on with both shares. */
  #judgeError(one: Settle, blip: Blip, end: number): Blip {
    const shares = one.version === null ? null : this.#versions.compare(one.group, one.version);
    if (!shares || (blip.state !== 'new' && blip.state !== 'returning')) return blip;
    if (isWorse(shares)) return { ...blip, why: { ...blip.why, versions: toSaved(shares) } };
    return end <= one.until ? { ...blip, settling: one.name } : blip;
  }
}

/** When all is known of a change. */
const findEnd = ({ until, width }: Settle): number => until + missedWithin * width;

/** Whether what a pattern does in a window comes of a change. */
function concerns(one: Settle, { template_id: template, state, last_seen: last }: Blip, start: number, end: number): boolean {
  if (end <= one.at) return false;
  if (start < one.until) return true;
  // What went with it stays gone: that is no news later on. What came again since, and went, is.
  if (state === 'gone') return start < findEnd(one) || (Date.parse(last) < one.until && one.gone.some(([id]) => id === template));
  return state !== 'rising' && one.fresh.some(([id]) => id === template);
}

/** `orders v412: 8 new, 1 gone, 0 errors` */
function describeSettled({ group, name, at, fresh, gone, errors }: Settle, successors: number, now: number): RuleFinding {
  const title = `${name.includes(group) ? name : `${group} ${name}`}: ${fresh.length} new, ${gone.length} gone, ${errors.length} error${errors.length === 1 ? '' : 's'}`;
  return makeFinding({
    id: digest(`settle\0${group}\0${at}`),
    rule: 'settle',
    type: 'rule',
    state: 'resolved',
    severity: 'info',
    group,
    title,
    since: at,
    updated: Math.max(at, now),
    result: {
      settled: { name, at: toIso(at), new: fresh.length, gone: gone.length, errors: errors.length, successors },
    },
  });
}

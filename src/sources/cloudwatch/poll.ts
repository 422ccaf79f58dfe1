import type { Trouble } from '../../base/trouble.ts';
import { CaducusError } from '../../errors.ts';
import type { Signal } from '../../signal.ts';
import type { SourceBatch, SourceContext } from '../source.ts';
import { AsideGroups } from './asideGroups.ts';
import type { LogGroups } from './logGroups.ts';
import type { LogsApi } from './logsApi.ts';
import { startTime, type CloudWatchOptions } from './options.ts';
import { behindNewest, bySourceOrder, readEvent, type ReadEvent } from './records.ts';
import { loadTails, Tail } from './tail.ts';

/** Records handed on together. */
const batchSize = 1024;
/** Events read before any is handed on: more than this, and a shorter stretch of time is read. */
const roundEvents = 20_000;
/** Ids remembered over all groups. 16 characters each: 1.6 MB in a checkpoint at most. */
const rememberedIds = 60_000;
const stretch = { first: 15 * 60_000, least: 1_000, most: 6 * 3_600_000 };

/** How often a pass over a group is begun again because of a token. */
const passes = 3;

/** The service does not know the token of a page (any more). */
const isBadToken = (error: unknown): boolean => error instanceof CaducusError && error.code === 'CAD069' && /token/i.test(error.what);

/** What was read of a group, and up to where. */
interface Pass {
  tail: Tail;
  events: ReadEvent[];
  end: number;
}

/** Reads log groups, in rounds of a stretch of event time each, until it is stopped or (without `follow`) at the present. */
export class Poll {
  readonly #api: LogsApi;
  readonly #groups: LogGroups;
  readonly #options: CloudWatchOptions;
  readonly #context: SourceContext;
  readonly #tails = new Map<string, Tail>();
  readonly #known = new Map<string, Tail>();
  readonly #origin: number;
  #stretch = stretch.first;
  #listed = Number.NEGATIVE_INFINITY;
  #refused = new Set<string>();
  readonly #aside: AsideGroups;
  /** A group whose pages did not end, and since when; null when they did the last time. */
  #endless: { group: string; trouble: Trouble } | null = null;
  /** What is to be reported of groups that were set aside. */
  #toReport: Signal[] = [];
  /** Set once a round has reached the present. */
  #caughtUp = false;

  constructor(api: LogsApi, groups: LogGroups, options: CloudWatchOptions, context: SourceContext) {
    this.#api = api;
    this.#groups = groups;
    this.#options = options;
    this.#context = context;
    this.#aside = new AsideGroups(options.rediscover);
    this.#origin = startTime(options.start, context.io.now())!;
    for (const tail of loadTails(context.from)) this.#known.set(tail.group, tail);
  }

  /** What keeps some of its groups from being read; null when nothing does. */
  get trouble(): Trouble | null {
    return this.#aside.trouble ?? this.#endless?.trouble ?? null;
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    const { io, signal } = this.#context;
    const { follow, poll, rediscover } = this.#options;
    const until = follow ? Number.POSITIVE_INFINITY : io.now();
    while (!signal.aborted) {
      const began = io.now();
      const present = Math.min(began, until);
      const refused = await this.#list();
      // Where all groups are in other parts, this one holds nobody up.
      const nothing = this.#tails.size === 0 && { watermark: Number.POSITIVE_INFINITY };
      if (refused.length > 0 || nothing) yield { records: refused, position: this.#position(), ...nothing };
      if (nothing) await io.sleep(rediscover, signal);
      if (nothing) continue;
      const end = Math.min(this.#frontier() + this.#stretch, present);
      const live = follow && this.#caughtUp && end === present;
      const complete = live ? yield* this.#keepUp(end, began) : yield* this.#readBack(end, began);
      this.#caughtUp = complete && end === present;
      if (!complete) continue;
      if (this.#frontier() >= until) return;
      if (this.#caughtUp) await io.sleep(Math.max(0, poll - (io.now() - began)), signal);
    }
  }

  /** At the present: each group is handed on as soon as it is read. False when it held too much for one go. */
  async *#keepUp(end: number, now: number): AsyncGenerator<SourceBatch, boolean> {
    let any = false;
    for (const tail of this.#readable()) {
      const pass = await this.#read(tail, end, roundEvents);
      if (pass === 'aside') continue;
      if (pass === 'too much') return false;
      if (pass.events.length === 0) this.#passed([pass], now);
      else yield* this.#handOn([pass], now);
      any ||= pass.events.length > 0;
    }
    this.#needSome();
    // Nothing found is news too: it says up to when there is nothing.
    if (!any) yield { records: this.#toReport.splice(0), position: this.#position(), watermark: this.#watermark() };
    return true;
  }

  /** Old events: all groups are read before any is handed on, so that their events come in the order of time. */
  async *#readBack(end: number, now: number): AsyncGenerator<SourceBatch, boolean> {
    const passes: Pass[] = [];
    let found = 0;
    for (const tail of this.#readable().filter((one) => one.frontier < end)) {
      const pass = await this.#read(tail, end, roundEvents - found);
      if (pass === 'aside') continue;
      if (pass === 'too much') return false;
      passes.push(pass);
      found += pass.events.length;
    }
    this.#needSome();
    if (found < roundEvents / 4) this.#stretch = Math.min(this.#stretch * 2, stretch.most);
    yield* this.#handOn(passes, now);
    return passes.every((pass) => pass.end === end);
  }

  /** Groups to be asked for now. */
  #readable(): Tail[] {
    const now = this.#context.io.now();
    return [...this.#tails.values()].filter((tail) => !this.#aside.waits(tail.group, now));
  }

  /** Throws where no group can be read at all. */
  #needSome(): void {
    const why = this.#aside.whyNone(this.#tails.keys());
    if (why) throw why;
  }

  /**
   * The events of a group before `end` that were not handed on yet; `too much` (and shorter stretches from now on) when there
   * are too many, `aside` where the group may not be read. Pages that do not end are no more than what came of them.
   */
  async #read(tail: Tail, end: number, room: number): Promise<Pass | 'too much' | 'aside'> {
    const named = this.#groups.named(tail.group);
    const { io } = this.#context;
    const found = new Map<string, ReadEvent>();
    if (tail.next >= end) return { tail, events: [], end };
    const began = io.monotonic();
    let token: string | undefined;
    for (let begun = 0; ;) {
      const page = await this.#api.events({ group: tail.group, start: tail.next, end, token }).catch((error: unknown) => {
        if (this.#setAside(tail, error)) return 'aside' as const;
        // A page may be asked for a day; a token that the service does not know any more begins the pass again.
        if (token === undefined || !isBadToken(error) || (begun += 1) > passes) throw error;
        return null;
      });
      if (page === 'aside') return page;
      if (page === null) {
        token = undefined;
        found.clear();
        continue;
      }
      this.#aside.delete(tail.group);
      for (const raw of page.events) {
        const event = readEvent(raw, named);
        if (!tail.has(event.hash)) found.set(event.hash, event);
      }
      token = page.token;
      if (token === undefined) {
        if (this.#endless?.group === tail.group) this.#endless = null;
        return { tail, events: [...found.values()], end };
      }
      if (found.size > room) {
        // In the shortest stretch pages come in the order of time, too: up to the newest of them all was read.
        if (end - this.#frontier() <= stretch.least) return { tail, events: [...found.values()], end: behindNewest(found.values(), end) };
        this.#stretch = Math.max(stretch.least, (end - this.#frontier()) / 2);
        return 'too much';
      }
      if (io.monotonic() - began < this.#options.patience) continue;
      this.#endless ??= { group: tail.group, trouble: { since: io.now(), why: `pages of log group ${tail.group} do not end` } };
      return { tail, events: [...found.values()], end };
    }
  }

  /** Whether a failure is of this group alone: then it waits, and the others go on. A name that was given and never was there is a mistake. */
  #setAside(tail: Tail, error: unknown): boolean {
    if (!(error instanceof CaducusError) || (error.code !== 'CAD062' && error.code !== 'CAD064')) return false;
    const { group } = tail;
    if (error.code === 'CAD064' && this.#options.logGroups.includes(group) && tail.frontier === this.#origin) return false;
    const { io, id } = this.#context;
    const now = io.now();
    if (!this.#aside.add(group, error, now)) return true;
    const reason = `log group set aside: it ${error.code === 'CAD062' ? 'may not be read' : 'is not there any more'}`;
    this.#toReport.push({ kind: 'rejected', time: now, key: '', rejected: { source: id, reason, place: {}, original: group } });
    return true;
  }

  async *#handOn(passes: readonly Pass[], now: number): AsyncGenerator<SourceBatch> {
    const events = passes.flatMap(({ tail, events: found }) => found.map((event) => ({ tail, event })));
    events.sort((a, b) => bySourceOrder(a.event, b.event));
    for (let at = 0; at < events.length || at === 0; at += batchSize) {
      const part = events.slice(at, at + batchSize);
      for (const { event, tail } of part) tail.handedOn(event.hash, event.signal.time);
      const last = at + batchSize >= events.length;
      if (last) this.#passed(passes, now);
      const records: Signal[] = [...this.#toReport.splice(0), ...part.map(({ event }) => event.signal)];
      // Only the last batch moves the cursor: one of the others leads back to the start of the round, less what it gave.
      yield { records, position: this.#position(), ...(last && { watermark: this.#watermark() }) };
    }
  }

  #passed(passes: readonly Pass[], now: number): void {
    const maxIds = Math.floor(rememberedIds / Math.max(1, this.#tails.size));
    for (const { tail, end } of passes) tail.passed(end, now, this.#options.overlap, maxIds);
  }

  /** Looks which groups there are, at the start and now and then. Groups beyond the limit come back as rejected records, once each. */
  async #list(): Promise<Signal[]> {
    const { io, id } = this.#context;
    const due = this.#listed === Number.NEGATIVE_INFINITY || (this.#groups.open && io.now() - this.#listed >= this.#options.rediscover);
    if (!due) return [];
    const now = io.now();
    const first = this.#listed === Number.NEGATIVE_INFINITY;
    const { groups, excess } = await this.#groups.list();
    // A group that appears later was made lately: nothing of it is older than the last look, plus what was late then.
    const start = first ? this.#origin : Math.max(this.#origin, this.#listed - this.#options.overlap);
    this.#listed = now;
    for (const group of groups) {
      if (!this.#tails.has(group)) this.#tails.set(group, this.#known.get(group) ?? new Tail(group, start));
    }
    const fresh = excess.filter((group) => !this.#refused.has(group));
    this.#refused = new Set(excess);
    const reason = `log group not read: max_log_groups is ${this.#options.maxLogGroups}`;
    return fresh.map((group) => ({ kind: 'rejected', time: now, key: '', rejected: { source: id, reason, place: {}, original: group } }));
  }

  /** Up to where all groups were read; those that are set aside hold nobody up. */
  #frontier(): number {
    const read = [...this.#tails.values()].filter(({ group }) => !this.#aside.has(group));
    return Math.min(...(read.length > 0 ? read : [...this.#tails.values()]).map((tail) => tail.frontier));
  }

  #watermark(): number {
    return this.#frontier() - this.#options.allowedLateness;
  }

  #position() {
    // Groups that are not listed at the moment keep their place: they may come back.
    const absent = [...this.#known.values()].filter((tail) => !this.#tails.has(tail.group));
    return { groups: [...this.#tails.values(), ...absent].map((tail) => tail.position()) };
  }
}

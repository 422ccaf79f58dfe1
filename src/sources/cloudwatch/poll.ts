import { CaducusError } from '../../errors.ts';
import type { Signal } from '../../signal.ts';
import type { SourceBatch, SourceContext } from '../source.ts';
import type { LogGroups } from './logGroups.ts';
import type { LogsApi } from './logsApi.ts';
import { startTime, type CloudWatchOptions } from './options.ts';
import { bySourceOrder, readEvent, type ReadEvent } from './records.ts';
import { Tail } from './tail.ts';

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
  /** Set once a round has reached the present. */
  #caughtUp = false;

  constructor(api: LogsApi, groups: LogGroups, options: CloudWatchOptions, context: SourceContext) {
    this.#api = api;
    this.#groups = groups;
    this.#options = options;
    this.#context = context;
    this.#origin = startTime(options.start, context.io.now())!;
    for (const tail of loadTails(context.from)) this.#known.set(tail.group, tail);
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    const { io, signal } = this.#context;
    const { follow, poll } = this.#options;
    const until = follow ? Number.POSITIVE_INFINITY : io.now();
    while (!signal.aborted) {
      const began = io.now();
      const present = Math.min(began, until);
      const refused = await this.#list();
      if (refused.length > 0) yield { records: refused, position: this.#position() };
      const from = this.#frontier();
      const end = Math.min(from + this.#stretch, present);
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
    for (const tail of this.#tails.values()) {
      const events = await this.#read(tail, end, roundEvents);
      if (!events) return false;
      if (events.length === 0) this.#passed([tail], end, now);
      else yield* this.#handOn(events, [tail], end, now);
      any ||= events.length > 0;
    }
    // Nothing found is news too: it says up to when there is nothing.
    if (!any) yield { records: [], position: this.#position(), watermark: this.#watermark() };
    return true;
  }

  /** Old events: all groups are read before any is handed on, so that their events come in the order of time. */
  async *#readBack(end: number, now: number): AsyncGenerator<SourceBatch, boolean> {
    const tails = [...this.#tails.values()].filter((tail) => tail.frontier < end);
    const events: { event: ReadEvent; tail: Tail }[] = [];
    for (const tail of tails) {
      const read = await this.#read(tail, end, roundEvents - events.length);
      if (!read) return false;
      for (const event of read) events.push(event);
    }
    if (events.length < roundEvents / 4) this.#stretch = Math.min(this.#stretch * 2, stretch.most);
    yield* this.#handOn(events, tails, end, now);
    return true;
  }

  /** The events of a group before `end` that were not handed on yet; null (and shorter stretches from now on) when there are too many. */
  async #read(tail: Tail, end: number, room: number): Promise<{ event: ReadEvent; tail: Tail }[] | null> {
    const named = this.#groups.named(tail.group);
    const found = new Map<string, { event: ReadEvent; tail: Tail }>();
    if (tail.next >= end) return [];
    let token: string | undefined;
    for (let begun = 0; ;) {
      const page = await this.#api.events({ group: tail.group, start: tail.next, end, token }).catch((error: unknown) => {
        // A page may be asked for a day; a token that the service does not know any more begins the pass again.
        if (token === undefined || !isBadToken(error) || (begun += 1) > passes) throw error;
        return null;
      });
      if (page === null) {
        token = undefined;
        found.clear();
        continue;
      }
      for (const raw of page.events) {
        const event = readEvent(raw, named);
        if (!tail.has(event.hash)) found.set(event.hash, { event, tail });
      }
      token = page.token;
      if (found.size > room && end - this.#frontier() > stretch.least) {
        this.#stretch = Math.max(stretch.least, (end - this.#frontier()) / 2);
        return null;
      }
      if (token === undefined) return [...found.values()];
    }
  }

  async *#handOn(
    events: { event: ReadEvent; tail: Tail }[],
    tails: readonly Tail[],
    end: number,
    now: number,
  ): AsyncGenerator<SourceBatch> {
    events.sort((a, b) => bySourceOrder(a.event, b.event));
    for (let at = 0; at < events.length || at === 0; at += batchSize) {
      const part = events.slice(at, at + batchSize);
      for (const { event, tail } of part) tail.handedOn(event.hash, event.signal.time);
      const last = at + batchSize >= events.length;
      if (last) this.#passed(tails, end, now);
      const records: Signal[] = part.map(({ event }) => event.signal);
      // Only the last batch moves the cursor: one of the others leads back to the start of the round, less what it gave.
      yield { records, position: this.#position(), ...(last && { watermark: this.#watermark() }) };
    }
  }

  #passed(tails: readonly Tail[], end: number, now: number): void {
    const maxIds = Math.floor(rememberedIds / Math.max(1, this.#tails.size));
    for (const tail of tails) tail.passed(end, now, this.#options.overlap, maxIds);
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

  #frontier(): number {
    return Math.min(...[...this.#tails.values()].map((tail) => tail.frontier));
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

function loadTails(from: SourceContext['from']): Tail[] {
  if (from === null || typeof from !== 'object' || Array.isArray(from) || !Array.isArray(from.groups)) return [];
  return from.groups.map((saved) => Tail.load(saved)).filter((tail) => tail !== null);
}

// One file, because what a source gave, what waits and what was decided are one state.
import type { Arrival } from '../../arrival.ts';
import { rejectTimeless } from './rejectTimeless.ts';
import { isSameJson } from '../../base/isSameJson.ts';
import type { Io } from '../../io.ts';
import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import { lookedAt, OrderedClock } from './orderedClock.ts';
import type { RecordClock } from './sourceClock.ts';
import type { OpenSource, SourceBatch } from '../../sources/source.ts';

/** A source that has been opened, with what the merge needs to know of it. */
export interface Inlet {
  id: string;
  open: OpenSource;
  /** Settles its records; null where every one goes by its own stamp. */
  clock: RecordClock | null;
  /** What is done to records before the clock sees them, which may hold them and so write them down. */
  prepare(record: Signal): Signal;
  /** Where it stands. */
  position: Json;
  live: boolean;
  /** After this long without a record a live source counts as idle, milliseconds. */
  idle: number;
  /** Records behind its position that an earlier run has already taken. */
  skip: number;
  /** Newest event time that an earlier run has taken of it; null for none. */
  reached: number | null;
}

/** An arrival before it has met the run's clock. */
export type Incoming = Omit<Arrival, 'at'>;

/** How often a waiting run looks at the clock, milliseconds. */
export const tickEvery = 1000;
const nothing = { records: [], given: 0, left: 0 } as const;

/** A batch whose records have their event time. */
interface SettledBatch {
  records: readonly Signal[];
  /** Absent of what was only held so far: the source stands where it stood. */
  position?: Json;
  watermark?: number | undefined;
  again?: boolean;
}

function settled(inlet: Inlet, batch: SourceBatch, arrived: number): SettledBatch {
  const { clock, live, position: before } = inlet;
  inlet.position = batch.position;
  if (!clock) return batch;
  const { clean } = batch;
  const given = batch.records.map((record, i) => (clean?.[i] === 1 ? rejectTimeless(record) : inlet.prepare(record)));
  const settledNow = clock.settle({ ...batch, records: given, before }, live ? arrived : batch.written || arrived);
  // The unfinished end of a file is given again, perhaps longer: no clock may keep it.
  const again = batch.records.length > 0 && before !== null && isSameJson(before, batch.position);
  const records = again ? [...settledNow, ...clock.flush()] : settledNow;
  return clock instanceof OrderedClock ? { ...batch, records, again, position: standing(inlet, clock) } : { ...batch, records };
}

/** Where a source has to be read from to have again what waits of it. */
function standing({ open }: Inlet, { position, behind }: OrderedClock): Json {
  if (behind.size === 0) return position;
  return open.rewind ? open.rewind(position, behind) : [...behind.values()][0]!;
}

/** All that waits of a source that is at its end. Had it grown by the next time, that would come again, in its order. */
function rest(inlet: Inlet, clock: RecordClock): SettledBatch {
  const position = clock instanceof OrderedClock ? standing(inlet, clock) : undefined;
  const records = clock.flush();
  return position === undefined ? { records } : { records, position, again: true };
}

/** Records of a batch from one on, up to another; with the last of them the source stands behind the batch. */
function stretch({ id, clock }: Inlet, batch: SettledBatch, { start, end, left }: { start: number; end: number; left: number }): Incoming {
  const { records, position, watermark, again } = batch;
  const part = start === 0 && end === records.length ? records : records.slice(start, end);
  const last = end >= records.length;
  const moved = { ...(position !== undefined && { position }), watermark, ...(clock && { clock: clock.save() as Json }) };
  return { source: id, records: part, given: end - start, left, ...(again !== undefined && { again }), ...(last && moved) };
}

/**
 * Merges sources into one order. Finite sources alone: by (running maximum of event time, declaration order), which
 * does not depend on how their input was cut. As soon as one is live: by arrival.
 */
export function feed(inlets: readonly Inlet[], io: Io, signal: AbortSignal): AsyncGenerator<Incoming> {
  return inlets.some((inlet) => inlet.live) ? byArrival(inlets, io, signal) : byTime(inlets, io, signal);
}

/** What a source held back, now that nothing comes of it: it stays where it stands. */
export function heldBy({ id, clock }: Pick<Inlet, 'id' | 'clock'>): Incoming {
  const records = clock!.flush();
  return { source: id, records, given: 0, left: 0, clock: clock!.save() as Json };
}

class Cursor {
  batch: SettledBatch | undefined;
  at = 0;
  /** Running maximum of event time, the next record included. */
  reached: number;
  readonly #inlet: Inlet;
  readonly #began: number;
  readonly #iterator: AsyncIterator<SourceBatch>;
  readonly #signal: AbortSignal;
  /** Ends the wait for the next batch with nothing. */
  #leave: (nothing: null) => void = () => {};
  #skip: number;
  /** Batches that were looked at and not taken yet. */
  readonly #ahead: IteratorResult<SourceBatch>[] = [];
  #looked = false;

  /** @param began when the reading began, milliseconds since 1970 */
  constructor(inlet: Inlet, began: number, signal: AbortSignal) {
    const { open, skip, reached } = inlet;
    this.#inlet = inlet;
    this.#began = began;
    this.#iterator = open.batches[Symbol.asyncIterator]();
    this.#skip = skip;
    this.reached = reached ?? Number.NEGATIVE_INFINITY;
    this.#signal = signal;
    // One listener for all batches: what is made for one keeps it alive until the next full garbage collection.
    signal.addEventListener('abort', () => this.#leave(null), { once: true });
  }

  /** Stands on the next record; false at the end, or when the run is stopped while it waits. */
  async ready(): Promise<boolean> {
    while (!this.batch || this.at >= this.batch.records.length) {
      const next = await this.#nextOrAhead();
      const { clock } = this.#inlet;
      if (next === null || (next.done && !clock?.held)) return false;
      this.batch = next.done ? rest(this.#inlet, clock!) : settled(this.#inlet, next.value, this.#began);
      this.at = Math.min(this.#skip, this.batch.records.length);
      this.#skip -= this.at;
      if (this.batch.records.length === 0) return true;
    }
    this.#reach();
    return true;
  }

  /** The next batch. The first ones are looked at together, to know how far out of order they are. */
  async #nextOrAhead(): Promise<IteratorResult<SourceBatch> | null> {
    const { clock, open } = this.#inlet;
    if (!this.#looked && clock instanceof OrderedClock && clock.needsLook) {
      const seen: Signal[] = [];
      let written: number | undefined;
      for (let next = await this.#next(); next !== null; next = await this.#next()) {
        this.#ahead.push(next);
        if (next.done) break;
        for (const record of next.value.records) seen.push(record);
        written ??= next.value.written;
        if (seen.length >= lookedAt) break;
      }
      for (const records of [seen.slice(0, lookedAt), ...((await open.sample?.()) ?? [])]) clock.lookAhead(records, written || this.#began);
    }
    this.#looked = true;
    return this.#ahead.shift() ?? this.#next();
  }

  /**
   * The next batch; null as soon as the run is stopped: a source may hang in a read that cannot be ended. What is kept is
   * `resolve` itself: a function around it was measured to keep every batch alive until the next full garbage collection.
   */
  #next(): Promise<IteratorResult<SourceBatch> | null> {
    return new Promise((resolve, reject) => {
      this.#leave = resolve;
      if (this.#signal.aborted) resolve(null);
      else this.#iterator.next().then(resolve, reject);
    });
  }

  get left(): number {
    return this.#skip;
  }

  /** Steps on while the next record lies not beyond `limit` (or, without `orEqual`, strictly before it). */
  run(limit: number, orEqual: boolean): number {
    const { records } = this.batch!;
    // Nothing else is read: whose turn it is is not asked any more.
    if (limit === Number.POSITIVE_INFINITY && orEqual) return (this.at = records.length);
    while (this.at < records.length) {
      this.#reach();
      if (this.reached > limit || (this.reached === limit && !orEqual)) break;
      this.at += 1;
    }
    return this.at;
  }

  #reach(): void {
    const time = this.batch?.records[this.at]?.time;
    if (time !== undefined && time > this.reached) this.reached = time;
  }
}

async function* byTime(inlets: readonly Inlet[], io: Io, signal: AbortSignal): AsyncGenerator<Incoming> {
  const began = io.now();
  const cursors = inlets.map((inlet) => new Cursor(inlet, began, signal));
  const open = new Set(cursors.keys());
  for (const index of open) if (!(await cursors[index]!.ready())) open.delete(index);
  while (open.size > 0 && !signal.aborted) {
    let first = -1;
    for (const index of open) if (first < 0 || cursors[index]!.reached < cursors[first]!.reached) first = index;
    // It may run on until another source's next record comes first; on a tie the one declared earlier goes first.
    let limit = Number.POSITIVE_INFINITY;
    let orEqual = true;
    for (const index of open) {
      const { reached } = cursors[index]!;
      if (index === first || reached > limit) continue;
      orEqual = reached < limit ? first < index : orEqual && first < index;
      limit = reached;
    }
    const cursor = cursors[first]!;
    const { batch, at } = cursor;
    yield stretch(inlets[first]!, batch!, { start: at, end: cursor.run(limit, orEqual), left: cursor.left });
    if (cursor.at >= batch!.records.length && !(await cursor.ready())) open.delete(first);
  }
}

async function* byArrival(inlets: readonly Inlet[], io: Io, signal: AbortSignal): AsyncGenerator<Incoming> {
  /** A batch that waits, or null where a source has ended. */
  const mail: { index: number; batch: SourceBatch | null; taken: () => void }[] = [];
  let open = inlets.length;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const pump = async ({ open: source }: Inlet, index: number) => {
    try {
      for await (const batch of source.batches) {
        // One batch of each source waits here; the source is not pulled again before it is taken.
        await new Promise<void>((taken) => {
          mail.push({ index, batch, taken });
          wake();
        });
      }
      mail.push({ index, batch: null, taken: () => {} });
    } catch (error) {
      if (!signal.aborted) failure ??= { error };
    } finally {
      open -= 1;
      wake();
    }
  };
  const skips = inlets.map((inlet) => inlet.skip);
  for (const [index, inlet] of inlets.entries()) void pump(inlet, index);
  while (!signal.aborted) {
    const letter = mail.shift();
    if (letter) {
      const { index, batch: given, taken } = letter;
      const inlet = inlets[index]!;
      if (!given) {
        if (inlet.clock?.held) yield heldBy(inlet);
        yield { ...nothing, source: inlet.id, ended: true };
        continue;
      }
      const batch = settled(inlet, given, io.now());
      const start = Math.min(skips[index]!, batch.records.length);
      skips[index]! -= start;
      yield stretch(inlet, batch, { start, end: batch.records.length, left: skips[index]! });
      taken();
      continue;
    }
    if (failure) throw failure.error;
    if (open === 0) return;
    const nap = new AbortController();
    const woken = new Promise<boolean>((resolve) => {
      wake = () => resolve(true);
      signal.addEventListener('abort', wake, { once: true, signal: nap.signal });
    });
    const slept = io.sleep(tickEvery, nap.signal).then(
      () => false,
      () => true,
    );
    const quiet = !(await Promise.race([woken, slept]));
    nap.abort();
    if (quiet) yield { ...nothing, source: null };
  }
}

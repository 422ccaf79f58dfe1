import type { Json } from '../../event.ts';

/** Half a session is added to every count, as in the estimator of Krichevsky and Trofimov. */
const half = 0.5;
/** Sessions after which all counts are halved: what was usual long ago fades. */
const fadeAt = 65_536;
/** Scores of the newest sessions, by which the typical one is known. */
const recent = 512;
/** Sessions after which the typical one is looked up again. */
const every = 16;
/** Bits that a typical session may have before they are taken off: a stream whose sessions are alike has about two. */
const typical = 2;
/** A count beyond this is taken for this: nobody's thousandth event differs from his 2,000th. */
const mostCount = 1024;
/** No session had it. */
const none: ReadonlyMap<number, number> = new Map();
/** Patterns, and sets of patterns, that are held; the rarest go. */
const mostPatterns = 4096;
const mostSets = 65_536;

/** How one pattern's count in a session compares with that of the sessions before. */
export interface SessionPart {
  pattern: string;
  count: number;
  /** Share of the sessions before that had it at all, and their median count. */
  share: number;
  median: number;
  direction: 'more' | 'fewer' | 'missing' | 'never before';
  /** -log2 of the chance of a count at least as far out. */
  bits: number;
}

export interface SessionScore {
  /** log2(2^tail + 2^set), less what a typical session has beyond two. */
  bits: number;
  /** log2(1 + the sum over all patterns of the odds against a count at least as far out, on its side). */
  tail: number;
  /** -log2 of the chance of a set of patterns at least as rare. */
  set: number;
  /** The patterns that made it, the strangest first. */
  parts: SessionPart[];
}

type Saved = {
  sessions: number;
  counts: [string, [number, number][]][];
  sets: [string, number][];
  scores: number[];
  excess: number;
};

/**
 * What the sessions of a stream usually are: how often each has each pattern, and which patterns come together. A session is
 * scored before it is learned, and nothing but the stream itself teaches it; order in a session counts nothing.
 *
 * The count of each pattern, zero included, is judged two-sided by its rank among the sessions before; odds are added, so
 * that one count of a thousand to one outweighs a hundred that every other session has. The chance of a set is that of
 * all sets seen as seldom (Good, The population frequencies of species, 1953: what was never seen is as likely as what was
 * seen once), so that a new combination says little where all of them are new.
 */
export class SessionModel {
  /** Sessions learned. */
  sessions = 0;
  /** For each pattern, how many sessions had it so often. */
  readonly #counts = new Map<string, Map<number, number>>();
  readonly #sets = new Map<string, number>();
  /** How many sets were seen so often. */
  readonly #seen = new Map<number, number>();
  #scores: number[] = [];
  #excess = 0;

  /** Judges a session by its counts of patterns. */
  score(counts: ReadonlyMap<string, number>): SessionScore {
    const parts: SessionPart[] = [];
    let odds = 0;
    for (const [pattern, usual] of this.#counts) {
      const chance = this.#chance(usual, bounded(counts.get(pattern) ?? 0));
      odds += (1 - chance) / chance;
      if (chance < half) parts.push(this.#part(pattern, usual, bounded(counts.get(pattern) ?? 0), chance));
    }
    const unseen = this.#chance(none, 1);
    for (const [pattern, count] of counts) {
      if (this.#counts.has(pattern)) continue;
      odds += (1 - unseen) / unseen;
      parts.push({ pattern, count, share: 0, median: 0, direction: 'never before', bits: -Math.log2(unseen) });
    }
    const tail = Math.log2(1 + odds);
    const set = -Math.log2(Math.min(1, (this.#massUpTo(this.#sets.get(nameSet(counts)) ?? 0) + half) / (this.sessions + 1)));
    const bits = Math.max(0, Math.log2(2 ** tail + 2 ** set) - this.#excess);
    parts.sort((a, b) => b.bits - a.bits || (a.pattern < b.pattern ? -1 : 1));
    return { bits, tail, set, parts };
  }

  /** Takes a session that was judged into what is usual. */
  learn(counts: ReadonlyMap<string, number>, { bits }: SessionScore): void {
    this.sessions += 1;
    for (const [pattern, count] of counts) {
      const usual = this.#counts.get(pattern) ?? new Map<number, number>();
      usual.set(bounded(count), (usual.get(bounded(count)) ?? 0) + 1);
      this.#counts.set(pattern, usual);
    }
    const name = nameSet(counts);
    const before = this.#sets.get(name) ?? 0;
    this.#recount(before, -1);
    this.#recount(before + 1, 1);
    this.#sets.set(name, before + 1);
    this.#scores.push(bits + this.#excess);
    if (this.#scores.length > recent) this.#scores.shift();
    this.#findExcess();
    if (this.sessions >= fadeAt || this.#counts.size > mostPatterns || this.#sets.size > mostSets) this.#fade();
  }

  save(): Json {
    const counts = Array.from(this.#counts, ([pattern, usual]): Saved['counts'][number] => [pattern, [...usual]]);
    const saved: Saved = { sessions: this.sessions, counts, sets: [...this.#sets], scores: [...this.#scores], excess: this.#excess };
    return saved;
  }

  static load(json: Json): SessionModel {
    const saved = json as Saved;
    const model = new SessionModel();
    model.sessions = saved.sessions;
    for (const [pattern, usual] of saved.counts) model.#counts.set(pattern, new Map(usual));
    for (const [name, times] of saved.sets) {
      model.#sets.set(name, times);
      model.#recount(times, 1);
    }
    model.#scores = [...saved.scores];
    model.#excess = saved.excess;
    return model;
  }

  /** Chance of a count at least as far out as this one, on its side, doubled for the two sides. */
  #chance(usual: ReadonlyMap<number, number>, count: number): number {
    let more = 0;
    let fewer = 0;
    let present = 0;
    for (const [seen, sessions] of usual) {
      present += sessions;
      if (seen >= count) more += sessions;
      if (seen <= count) fewer += sessions;
    }
    const absent = this.sessions - present;
    const least = Math.min(count === 0 ? this.sessions : more, fewer + absent);
    return Math.min(1, (2 * (least + half)) / (this.sessions + 1));
  }

  #part(pattern: string, usual: ReadonlyMap<number, number>, count: number, chance: number): SessionPart {
    const present = sum(usual.values());
    const share = this.sessions === 0 ? 0 : present / this.sessions;
    const median = findMedian(usual, this.sessions - present);
    const direction = count === 0 ? 'missing' : count > median ? 'more' : 'fewer';
    return { pattern, count, share, median, direction, bits: -Math.log2(chance) };
  }

  /** Sessions whose set was seen at most so often; a set that was never seen stands for those seen once. */
  #massUpTo(times: number): number {
    let mass = 0;
    for (const [often, sets] of this.#seen) if (often <= Math.max(1, times)) mass += often * sets;
    return mass;
  }

  /** Finds anew, now and then, what a typical session has beyond the bits it may have. */
  #findExcess(): void {
    if (this.sessions % every !== 0) return;
    const middle = this.#scores.toSorted((a, b) => a - b)[Math.floor(this.#scores.length / 2)]!;
    this.#excess = Math.max(0, middle - typical);
  }

  #recount(times: number, by: number): void {
    if (times === 0) return;
    const sets = (this.#seen.get(times) ?? 0) + by;
    if (sets === 0) this.#seen.delete(times);
    else this.#seen.set(times, sets);
  }

  #fade(): void {
    this.sessions = Math.floor(this.sessions / 2);
    for (const [pattern, usual] of this.#counts) if (halve(usual) === 0) this.#counts.delete(pattern);
    halve(this.#sets);
    this.#seen.clear();
    for (const times of this.#sets.values()) this.#recount(times, 1);
  }
}

const bounded = (count: number): number => Math.min(count, mostCount);

const nameSet = (counts: ReadonlyMap<string, number>): string => [...counts.keys()].toSorted().join(' ');

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};

/** The median of counts, sessions without any among them. */
function findMedian(usual: ReadonlyMap<number, number>, absent: number): number {
  const all: [number, number][] = [[0, absent], ...usual];
  const sorted = all.toSorted(([a], [b]) => a - b);
  let left = sum(sorted.map(([, sessions]) => sessions)) / 2;
  for (const [count, sessions] of sorted) {
    left -= sessions;
    if (left <= 0) return count;
  }
  return 0;
}

/** Halves all counts, those of one go. Returns what is left. */
function halve<Key>(counts: Map<Key, number>): number {
  for (const [key, count] of counts) {
    if (count < 2) counts.delete(key);
    else counts.set(key, Math.floor(count / 2));
  }
  return counts.size;
}

import { evictOldest } from '../base/evictOldest.ts';

/** Half a group is added to either side, as in the estimator of Krichevsky and Trofimov. */
const HALF = 0.5;
/** Bits from which a group is told: odds of a hundred to one. */
export const GROUP_THRESHOLD = Math.log2(100);
/** Events of a group that are looked at. */
const LONGEST = 4096;

interface Profile {
  counts: Map<string, number>;
  events: number;
  odds: number;
}

/**
 * Scores many short-lived groups (blocks, sessions, requests) against each other, online. An event is the k-th of its
 * pattern and the n-th in its group; its chance is the share of the groups with n events that have a k-th of that
 * pattern. So a pattern few groups have is a surprise, and one more than usual of a common one; what is merely the first
 * to come so far is none, for groups that are under way say nothing yet about what they will have.
 *
 * A group's score is log2(1 + the sum of the odds against each of its events): one event of a thousand to one outweighs
 * a hundred that every other group has, so that a long group is not strange for being long. The model is asked before it
 * learns, and nothing but the stream itself teaches it.
 */
export class GroupSurprise {
  /** How many groups had a k-th event of a pattern; index 0 is the first. */
  readonly #had = new Map<string, number[]>();
  /** How many groups came to an n-th event; index 0 is the first. */
  readonly #came: number[] = [];
  readonly #groups = new Map<string, Profile>();
  readonly #maxGroups: number;

  /** @param maxGroups groups that are held; beyond it the one that began first is closed */
  constructor(maxGroups = 1_000_000) {
    this.#maxGroups = maxGroups;
  }

  /** Takes one event of a group and returns its bits of surprise, -log2 of its chance. */
  observe(group: string, pattern: string): number {
    const profile = this.#groups.get(group) ?? this.#open(group);
    const n = profile.events++;
    if (n >= LONGEST) return 0;
    const had = this.#had.get(pattern) ?? this.#meet(pattern);
    const k = profile.counts.get(pattern) ?? 0;
    const did = had[k] ?? 0;
    const came = Math.max(this.#came[n] ?? 0, did);
    const chance = (did + HALF) / (came + 2 * HALF);
    this.#came[n] = (this.#came[n] ?? 0) + 1;
    had[k] = did + 1;
    profile.counts.set(pattern, k + 1);
    profile.odds += (1 - chance) / chance;
    return -Math.log2(chance);
  }

  /** Bits of surprise of all events of a group so far. */
  bitsOf(group: string): number {
    return Math.log2(1 + (this.#groups.get(group)?.odds ?? 0));
  }

  #open(group: string): Profile {
    const profile: Profile = { counts: new Map(), events: 0, odds: 0 };
    this.#groups.set(group, profile);
    evictOldest(this.#groups, this.#maxGroups);
    return profile;
  }

  #meet(pattern: string): number[] {
    const had: number[] = [];
    this.#had.set(pattern, had);
    return had;
  }
}

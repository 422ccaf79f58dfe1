/** What is less likely than a coin toss counts, and by how much. */
const CHANCE = 1;
/** Half a group is added to either side, as in the estimator of Krichevsky and Trofimov. */
const HALF = 0.5;
/** Bits from which a group is told: a chance of one in a thousand, which is half of the full score. */
export const GROUP_THRESHOLD = 10;

interface Profile {
  counts: Map<string, number>;
  bits: number;
}

/**
 * Scores many short-lived groups (blocks, sessions, requests) against each other, online. An event is the k-th of its
 * pattern in its group; its surprise is -log2 of the share of groups with k - 1 of that pattern that went on to a k-th,
 * over the groups before it. So a pattern few groups have is a surprise, and so is one more than usual of a common one.
 * The model is asked before it learns, and nothing but the stream itself teaches it.
 */
export class GroupSurprise {
  /** How many groups reached the k-th event of a pattern; index 0 is the first. */
  readonly #reached = new Map<string, number[]>();
  readonly #groups = new Map<string, Profile>();
  readonly #maxGroups: number;
  #seen = 0;

  /** @param maxGroups groups that are held; beyond it the one that began first is closed */
  constructor(maxGroups = 1_000_000) {
    this.#maxGroups = maxGroups;
  }

  /** Takes one event of a group and returns its bits of surprise. */
  observe(group: string, pattern: string): number {
    const profile = this.#groups.get(group) ?? this.#open(group);
    const reached = this.#reached.get(pattern) ?? this.#meet(pattern);
    const k = profile.counts.get(pattern) ?? 0;
    const could = k === 0 ? this.#seen : reached[k - 1]!;
    const did = reached[k] ?? 0;
    const bits = Math.max(0, -Math.log2((did + HALF) / (could + 1)) - CHANCE);
    reached[k] = did + 1;
    profile.counts.set(pattern, k + 1);
    profile.bits += bits;
    return bits;
  }

  /** Bits of surprise of all events of a group so far. */
  bitsOf(group: string): number {
    return this.#groups.get(group)?.bits ?? 0;
  }

  #open(group: string): Profile {
    const profile: Profile = { counts: new Map(), bits: 0 };
    this.#groups.set(group, profile);
    this.#seen += 1;
    if (this.#groups.size > this.#maxGroups) this.#groups.delete(this.#groups.keys().next().value!);
    return profile;
  }

  #meet(pattern: string): number[] {
    const reached: number[] = [];
    this.#reached.set(pattern, reached);
    return reached;
  }
}

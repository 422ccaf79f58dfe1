/** Two texts, and whether they tell of the same kind of event. */
export interface Pair {
  a: string;
  b: string;
  same: boolean;
}

/** A pair with the cosine an embedder gives it. */
export interface ScoredPair extends Pair {
  cosine: number;
}

export interface Verdict {
  threshold: number;
  /** Of the pairs taken for the same, the share that is; null when none was. */
  precision: number | null;
  /** Of the pairs that are the same, the share found; null when there is none. */
  recall: number | null;
  /** Harmonic mean of both. */
  f1: number;
}

/**
 * Reads pairs, one a line: two texts and 0 or 1, separated by tabs; empty lines and those that begin with # are left
 * out. Throws an Error that names the line when one is anything else.
 */
export function parsePairs(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [a, b, same, ...more] = line.split('\t');
    if (!a || !b || (same !== '0' && same !== '1') || more.length > 0)
      throw new Error(`line ${at + 1}: expected two texts and 0 or 1, separated by tabs`);
    pairs.push({ a, b, same: same === '1' });
  }
  return pairs;
}

/**
 * Area under the ROC curve: the probability that a pair of the same scores higher than one of different events, equal
 * scores counting half (Mann-Whitney U over n1 * n0, by ranks). null when one of the two is missing.
 */
export function areaUnderCurve(scored: readonly ScoredPair[]): number | null {
  const sorted = [...scored].sort((x, y) => x.cosine - y.cosine);
  const same = sorted.filter((pair) => pair.same).length;
  const different = sorted.length - same;
  if (same === 0 || different === 0) return null;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]!.cosine === sorted[from]!.cosine) to += 1;
    const rank = (from + 1 + to) / 2; // the mean of the ranks from + 1 .. to
    for (let at = from; at < to; at += 1) if (sorted[at]!.same) ranks += rank;
    from = to;
  }
  return (ranks - (same * (same + 1)) / 2) / (same * different);
}

/** How right it is to take pairs for the same from this cosine on; `may` can rule a pair out whatever its cosine. */
export function judgeAt(scored: readonly ScoredPair[], threshold: number, may: (pair: Pair) => boolean = () => true): Verdict {
  const taken = scored.filter((pair) => pair.cosine >= threshold && may(pair));
  const right = taken.filter((pair) => pair.same).length;
  const same = scored.filter((pair) => pair.same).length;
  const precision = taken.length > 0 ? right / taken.length : null;
  const recall = same > 0 ? right / same : null;
  return { threshold, precision, recall, f1: right > 0 ? (2 * right) / (taken.length + same) : 0 };
}

/** The threshold with the best F1, the higher one of equals: where to begin when an embedder is calibrated. */
export function bestThreshold(scored: readonly ScoredPair[], may?: (pair: Pair) => boolean): Verdict {
  const verdicts = [...new Set(scored.map(({ cosine }) => cosine))].map((cosine) => judgeAt(scored, cosine, may));
  return verdicts.reduce((best, next) => (next.f1 > best.f1 || (next.f1 === best.f1 && next.threshold > best.threshold) ? next : best));
}

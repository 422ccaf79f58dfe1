export interface Scored {
  score: number;
  /** The truth. */
  positive: boolean;
}

export interface Detection {
  flagged: number;
  hits: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Precision, recall and F1 when everything that scores `threshold` or more is flagged. */
export function detectionAt(items: readonly Scored[], threshold: number): Detection {
  const positives = items.filter(({ positive }) => positive).length;
  const flagged = items.filter(({ score }) => score >= threshold);
  const hits = flagged.filter(({ positive }) => positive).length;
  return { flagged: flagged.length, hits, ...ratios(hits, flagged.length, positives) };
}

/** Average precision: precision at each threshold, weighted by the recall it adds. Equal scores are one threshold. */
export function averagePrecision(items: readonly Scored[]): number {
  const positives = items.filter(({ positive }) => positive).length;
  let sum = 0;
  walk(items, (hits, flagged, added) => (sum += (added / positives) * (hits / flagged)));
  return positives === 0 ? 0 : sum;
}

/** The best F1 any threshold reaches, with that threshold. It has seen the labels: a ceiling, not a result. */
export function bestF1(items: readonly Scored[]): { f1: number; threshold: number } {
  const positives = items.filter(({ positive }) => positive).length;
  let best = { f1: 0, threshold: Number.POSITIVE_INFINITY };
  walk(items, (hits, flagged, _added, threshold) => {
    const { f1 } = ratios(hits, flagged, positives);
    if (f1 > best.f1) best = { f1, threshold };
  });
  return best;
}

function walk(items: readonly Scored[], visit: (hits: number, flagged: number, added: number, threshold: number) => void): void {
  const sorted = [...items].sort((a, b) => b.score - a.score);
  let hits = 0;
  for (let at = 0; at < sorted.length;) {
    const { score } = sorted[at]!;
    let added = 0;
    for (; at < sorted.length && sorted[at]!.score === score; at++) if (sorted[at]!.positive) added += 1;
    hits += added;
    visit(hits, at, added, score);
  }
}

function ratios(hits: number, flagged: number, positives: number): { precision: number; recall: number; f1: number } {
  const precision = flagged === 0 ? 0 : hits / flagged;
  const recall = positives === 0 ? 0 : hits / positives;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

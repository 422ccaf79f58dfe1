/** How well predicted groups agree with true ones; definitions as in the LogPAI benchmark. */
export interface GroupingScores {
  /** Share of lines whose predicted group is exactly the set of lines of their true group. */
  GA: number;
  /** F1 over groups: exact groups among the predicted, and among the true. */
  FGA: number;
  /** F1 over pairs of lines that share a group. */
  PF1: number;
}

/** Scores of a prediction; both lists name the group of each line. */
export function groupingScores(truth: readonly string[], predicted: readonly string[]): GroupingScores {
  if (truth.length !== predicted.length) throw new RangeError(`${truth.length} true groups, ${predicted.length} predicted`);
  const trueSizes = tally(truth);
  const predictedSizes = tally(predicted);
  const joint = tally(truth.map((group, i) => JSON.stringify([group, predicted[i]])));
  let exactLines = 0;
  let exactGroups = 0;
  for (const [pair, count] of joint) {
    const [group, guess] = JSON.parse(pair) as [string, string];
    if (trueSizes.get(group) !== count || predictedSizes.get(guess) !== count) continue;
    exactLines += count;
    exactGroups++;
  }
  const precision = exactGroups / predictedSizes.size;
  const recall = exactGroups / trueSizes.size;
  const allPairs = pairs(trueSizes) + pairs(predictedSizes);
  return {
    GA: exactLines / truth.length,
    FGA: exactGroups === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    PF1: allPairs === 0 ? 1 : (2 * pairs(joint)) / allPairs,
  };
}

function tally(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

function pairs(counts: Map<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += (count * (count - 1)) / 2;
  return sum;
}

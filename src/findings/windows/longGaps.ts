/**
 * The longest gaps between the events of a group, each beside the gap that was usual then. Plain data: so many fell into each
 * bin of equal factors, the past faded.
 */
export interface LongGaps {
  /** Bin and weight, in any order. */
  bins: [bin: number, weight: number][];
  /** Days they were counted on, faded as they are. */
  days: number;
  /** Event time since which nothing has faded, milliseconds. */
  faded: number;
}

/** A gap counts as long from so many usual ones. */
const LONG = 2;
/** Bins a factor of e. */
const BINS = 8;
const DAY = 86_400_000;
/** Days after which a gap counts half, and the weight below which it is forgotten. */
const HALF_LIFE = 3;
const FORGOTTEN = 0.1;
/** The tail is that of so many of the longest; of fewer than the least nothing is said. */
const TAIL = 50;
const LEAST = 10;
/** Days that must be known. */
const LEAST_DAYS = 0.5;
/** How often a week a group may be silent for longer by chance. */
const ALLOWED = 0.02;
/** Until that is known, a silence must last so many of the longest gaps that were seen. */
const LONGEST = 2;
/** Heavier tails than this are taken for this: their ends are out of sight. */
const HEAVIEST = 0.5;

export const startLongGaps = (time: number): LongGaps => ({ bins: [], days: 0, faded: time });

/** Counts a gap that is over at `time`; most are short, and cost a comparison. */
export function countGap(long: LongGaps, { gap, usual, time }: { gap: number; usual: number; time: number }): void {
  if (time - long.faded >= DAY) fade(long, time);
  if (gap < LONG * usual || usual <= 0) return;
  const bin = Math.floor(Math.log(gap / usual) * BINS);
  const known = long.bins.find(([other]) => other === bin);
  if (known) known[1] += 1;
  else long.bins.push([bin, 1]);
}

/**
 * How many usual gaps (each of `usual` milliseconds) a silence must last so that it comes by chance less often than twice in a
 * hundred weeks; null of a group that had no long gap yet. The longest gaps are read as the tail of a generalized Pareto
 * distribution, by its moments (Hosking and Wallis 1987): gaps by chance alone have a light one, those of bursts and pauses a
 * heavy one. Before enough of them are known they are taken for gaps by chance, of an exponential distribution, and the
 * longest of them for no exception.
 */
export function longestByChance({ bins, days, faded }: LongGaps, { usual, now }: { usual: number; now: number }): number | null {
  if (bins.length === 0) return null;
  const watched = days + Math.max(0, now - faded) / DAY;
  const tail = findTail(bins);
  if (!tail || watched < LEAST_DAYS) {
    const longest = Math.exp((Math.max(...bins.map(([bin]) => bin)) + 1) / BINS);
    return Math.max(LONGEST * longest, Math.log((7 * DAY) / usual / ALLOWED));
  }
  const { from, weight, mean, variance } = tail;
  const rarer = ((weight / watched) * 7) / ALLOWED;
  const ratio = variance > 0 ? mean ** 2 / variance : 1;
  const shape = Math.min(HEAVIEST, Math.max(0, 0.5 * (1 - ratio)));
  const scale = mean * (1 - shape);
  return from + (shape < 1e-3 ? scale * Math.log(rarer) : (scale / shape) * (rarer ** shape - 1));
}

interface Tail {
  /** Where it begins, and what lies beyond: how many, and how far on average. */
  from: number;
  weight: number;
  mean: number;
  variance: number;
}

function findTail(bins: LongGaps['bins']): Tail | null {
  const longest: [ratio: number, weight: number][] = [];
  let weight = 0;
  let from = LONG;
  for (const [bin, many] of bins.toSorted(([a], [b]) => b - a)) {
    longest.push([Math.exp((bin + 0.5) / BINS), many]);
    weight += many;
    from = Math.exp(bin / BINS);
    if (weight >= TAIL) break;
  }
  if (weight < LEAST) return null;
  const mean = longest.reduce((sum, [ratio, many]) => sum + many * (ratio - from), 0) / weight;
  const variance = longest.reduce((sum, [ratio, many]) => sum + many * (ratio - from - mean) ** 2, 0) / weight;
  return { from, weight, mean, variance };
}

function fade(long: LongGaps, time: number): void {
  const days = (time - long.faded) / DAY;
  const left = 2 ** (-days / HALF_LIFE);
  long.days = (long.days + days) * left;
  long.bins = long.bins.flatMap(([bin, weight]): LongGaps['bins'] => (weight * left < FORGOTTEN ? [] : [[bin, weight * left]]));
  long.faded = time;
}

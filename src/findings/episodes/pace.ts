const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
/** Episodes a week that chance alone may make. */
const ALLOWED = 0.5;
/** Half-lives of what is known of the pace: what is new lately, and what is usual. */
const LATELY = HOUR;
const USUALLY = 24 * HOUR;
/** Of what is learned no more is taken as a pace: of a thousand patterns of the first minutes few say what comes after. */
const MOST_LEARNED = 12;
/** What one of them says of a pace, in beginnings: half of a few that were there from the start tell of nothing that begins. */
const LEARNED = 0.5;
/** So few beginnings say nothing of a pace. */
const FEW = 3;
/** Things are not told apart in time more exactly than this, milliseconds. */
const LEAST_SPREAD = 60_000;

/** How often something begins to move by itself. Plain data; times are milliseconds. */
export interface Pace {
  /** When it was looked at first and last; null before. */
  first: number | null;
  at: number;
  /** Faded beginnings: lately with those of what was still learned, and usually. */
  lately: number;
  usually: number;
}

export const startPace = (): Pace => ({ first: null, at: 0, lately: 0, usually: 0 });

/** Something begins to move at that time. */
export function noteBeginning(pace: Pace, now: number): void {
  fade(pace, now);
  pace.lately += 1;
  pace.usually += 1;
}

/** A pattern came while its group was learned: some of that kind will go on to come for a while. */
export function noteLearned(pace: Pace, now: number): void {
  fade(pace, now);
  pace.lately = Math.max(pace.lately, Math.min(pace.lately + LEARNED, MOST_LEARNED));
}

/** So many that had begun are one thing. */
export function noteTogether(pace: Pace, many: number): void {
  pace.lately = Math.max(0, pace.lately - (many - 1));
  pace.usually = Math.max(0, pace.usually - (many - 1));
}

/**
 * Whether it is chance that so many things began within `spread` of one another: where things begin often, some of them do at
 * the same time. The episodes that this would make in a week are those that begin in one, times the chance of each to have so
 * many others beside it (Poisson). `many` of the beginnings that are known are these.
 */
export function isByChance(pace: Pace, { many, spread, now }: { many: number; spread: number; now: number }): boolean {
  fade(pace, now);
  const watched = Math.max(0, now - (pace.first ?? now));
  const rate = Math.max(perMs(pace.lately - many, LATELY, watched), perMs(pace.usually - many, USUALLY, watched));
  return rate * WEEK * tailChance(many - 1, 2 * rate * Math.max(LEAST_SPREAD, spread)) > ALLOWED;
}

function fade(pace: Pace, now: number): void {
  pace.first ??= now;
  const by = Math.max(0, now - pace.at);
  if (pace.at > 0) {
    pace.lately *= 2 ** (-by / LATELY);
    pace.usually *= 2 ** (-by / USUALLY);
  }
  pace.at = Math.max(pace.at, now);
}

/** Beginnings a millisecond, of faded ones; an hour at least is taken as watched. */
function perMs(count: number, halfLife: number, watched: number): number {
  const life = halfLife / Math.LN2;
  const time = Math.max(HOUR, life * (1 - Math.exp(-watched / life)));
  return Math.max(0, count - FEW) / time;
}

/** The chance of `least` or more where `mean` are expected. */
function tailChance(least: number, mean: number): number {
  let below = 0;
  for (let k = 0, term = Math.exp(-mean); k < least; k += 1, term *= mean / k) below += term;
  return Math.max(0, 1 - below);
}

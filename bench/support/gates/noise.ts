/** A value for each 5-minute point, from a source of random numbers in [0, 1). */
export type Series = (random: () => number) => (point: number) => number;

export const day = 288;
export const month = 30 * day;

/** Box and Muller 1958. */
export function gauss(random: () => number): number {
  let u = 0;
  while (u === 0) u = random();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random());
}

/** Knuth's product method; above 30 its normal approximation. */
function poisson(random: () => number, rate: number): number {
  if (rate > 30) return Math.max(0, Math.round(rate + Math.sqrt(rate) * gauss(random)));
  const limit = Math.exp(-rate);
  let count = -1;
  for (let product = 1; product > limit; count += 1) product *= random();
  return Math.max(0, count);
}

const season = (point: number) => 10 * Math.sin((2 * Math.PI * point) / day);
const isWeekday = (point: number) => Math.floor(point / day) % 7 < 5;

/** Series in which nothing ever happens: every alarm on them is false. */
export const quiet: Readonly<Record<string, Series>> = {
  'Gaussian noise': (random) => () => 100 + gauss(random),
  'daily season + noise': (random) => (point) => 100 + season(point) + gauss(random),
  'weekly season + noise': (random) => (point) => 100 + season(point) * (isWeekday(point) ? 1 : 0.3) + gauss(random),
  'growth, 1 sd in 100': (random) => (point) => 100 + point / 100 + gauss(random),
  'growth without noise': () => (point) => 100 + point / 100,
  'Poisson .2': (random) => () => poisson(random, 0.2),
  'Poisson 2': (random) => () => poisson(random, 2),
  'Poisson 50': (random) => () => poisson(random, 50),
  // A gamma of shape 1 is an exponential.
  'negative binomial 2, k 1': (random) => () => poisson(random, -2 * Math.log(1 - random())),
  lognormal: (random) => () => Math.exp(gauss(random)),
  'Pareto 2': (random) => () => (1 - random()) ** -0.5,
  'AR(1) .95': (random) => walk(random, 0.95, 100),
  'random walk': (random) => walk(random, 1, 0),
  'nightly job': (random) => (point) => (point % day >= 24 && point % day < 30 ? 80 + 5 * gauss(random) : 10 + gauss(random)),
};

function walk(random: () => number, keeps: number, middle: number): () => number {
  let x = 0;
  return () => middle + (x = keeps * x + gauss(random));
}

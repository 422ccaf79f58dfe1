import { gauss } from './noise.ts';

interface Moment {
  value: number;
  /** Points since the event began. */
  since: number;
  /** Deviation of the series. */
  deviation: number;
  /** The last value before it. */
  before: number;
  random: () => number;
}

/** What happens, for how many points, and what it makes of a value. */
export const events: Readonly<Record<string, readonly [points: number, happens: (moment: Moment) => number]>> = {
  'spike of 6 sd': [1, ({ value, deviation }) => value + 6 * deviation],
  'bump of 3 sd, 12 points': [12, ({ value, deviation }) => value + 3 * deviation],
  'level +3 sd': [288, ({ value, deviation }) => value + 3 * deviation],
  'level +1.5 sd': [288, ({ value, deviation }) => value + 1.5 * deviation],
  'zero for 12 points': [12, () => 0],
  'stuck for 72 points': [72, ({ before }) => before],
  'noise x 3, 36 points': [36, ({ value, deviation, random }) => value + Math.sqrt(8) * deviation * gauss(random)],
  'drift of 6 sd in a day': [288, ({ value, deviation, since }) => value + (6 * deviation * (since + 1)) / 288],
  'a day without its shape': [288, ({ deviation, random }) => 100 + deviation * gauss(random)],
};

/** The series that events happen to, with the deviation of each. */
export const hosts: Readonly<Record<string, number>> = {
  'Gaussian noise': 1,
  'daily season + noise': 1,
  'weekly season + noise': 1,
  'Poisson 50': 7,
  lognormal: 2,
  'AR(1) .95': 3.2,
  'nightly job': 1,
};

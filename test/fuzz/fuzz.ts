import { Random } from './random.ts';
import type { Target } from './targets.ts';

/** An input that a target did not stand. `npm run fuzz -- --only <target> --seed <seed> --from <index> --inputs 1` makes it again. */
export interface Broken {
  target: string;
  seed: number;
  index: number;
  what: string;
}

export interface FuzzOptions {
  seed: number;
  /** Number of the first input. */
  from: number;
  inputs: number;
}

/** No input may take longer than this, milliseconds. */
export const slowest = 1000;

/** Throws inputs at a target. Returns the first that breaks it, or takes too long; null when it stood them all. */
export function fuzz(target: Target, { seed, from, inputs }: FuzzOptions): Broken | null {
  for (let index = from; index < from + inputs; index += 1) {
    const began = process.cpuUsage();
    try {
      target.attack(Random.of(seed, index));
    } catch (error) {
      return { target: target.name, seed, index, what: error instanceof Error ? error.message : String(error) };
    }
    const { user } = process.cpuUsage(began);
    if (user / 1000 > slowest) return { target: target.name, seed, index, what: `took ${Math.round(user / 1000)} ms of processor time` };
  }
  return null;
}

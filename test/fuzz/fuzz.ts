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

/** So many inputs are timed together: asking for the time costs as much as a short one. */
const timedTogether = 64;

/** Throws inputs at a target. Returns the first that breaks it, or takes too long; null when it stood them all. */
export async function fuzz(target: Target, { seed, from, inputs }: FuzzOptions): Promise<Broken | null> {
  const end = from + inputs;
  for (let index = from; index < end; index += timedTogether) {
    const stop = Math.min(index + timedTogether, end);
    const began = process.cpuUsage();
    const broken = await attack(target, seed, index, stop);
    if (broken) return broken;
    // One of them at least was slow: which, a second look says.
    const slow = process.cpuUsage(began).user / 1000 > slowest ? await findSlow(target, seed, index, stop) : null;
    if (slow) return slow;
  }
  return null;
}

async function attack(target: Target, seed: number, from: number, end: number): Promise<Broken | null> {
  for (let index = from; index < end; index += 1) {
    try {
      // Most say at once: a turn of the loop for each costs as much as a short input.
      const attacked = target.attack(Random.of(seed, index));
      if (attacked) await attacked;
    } catch (error) {
      return { target: target.name, seed, index, what: error instanceof Error ? error.message : String(error) };
    }
  }
  return null;
}

async function findSlow(target: Target, seed: number, from: number, end: number): Promise<Broken | null> {
  for (let index = from; index < end; index += 1) {
    const began = process.cpuUsage();
    await target.attack(Random.of(seed, index));
    const { user } = process.cpuUsage(began);
    if (user / 1000 > slowest) return { target: target.name, seed, index, what: `took ${Math.round(user / 1000)} ms of processor time` };
  }
  return null;
}

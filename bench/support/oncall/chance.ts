import { seeded } from '../seeded.ts';

/** Chance as a generator of lines needs it, the same for the same seed. */
export interface Chance {
  /** From 0 to 1. */
  draw(): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  hex(digits?: number): string;
  pick<T>(of: readonly T[]): T;
  /** How many come where `mean` come on average (Poisson). */
  count(mean: number): number;
}

export function makeChance(seed: number): Chance {
  const draw = seeded(seed);
  const whole = (from: number, to: number) => from + Math.floor(draw() * (to - from + 1));
  return {
    draw,
    whole,
    hex: (digits = 8) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(''),
    pick: (of) => of[Math.floor(draw() * of.length)]!,
    count(mean) {
      let count = 0;
      for (let left = Math.exp(-mean), product = draw(); product > left; product *= draw()) count += 1;
      return count;
    },
  };
}

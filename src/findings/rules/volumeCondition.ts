import { z } from 'zod';

/** A bound on how much of the usual comes of a group. */
interface VolumeBound {
  side: 'below' | 'above';
  /** Of the usual: 0.3 is less than a third, 3 three times as much. */
  ratio: number;
}

/** Reads `below 0.3` or `above 3`; null when it is neither, or bounds what is usual itself. */
export function readVolume(text: string): VolumeBound | null {
  const [, side, written] = /^\s*(below|above)\s+(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  const ratio = Number(written);
  if (side === 'below' && ratio > 0 && ratio < 1) return { side, ratio };
  return side === 'above' && ratio > 1 ? { side, ratio } : null;
}

/** How much of the usual a group must have. Stays as it is written. */
export const volumeCondition = z
  .string()
  .refine((text) => readVolume(text) !== null, {
    error: ({ input }) => `expected how much of the usual, such as below 0.3 or above 3, got ${JSON.stringify(input)}`,
  })
  .meta({ title: 'volume' });

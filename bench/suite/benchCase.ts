/** One thing to measure. */
export interface BenchCase {
  name: string;
  /** Records a round works on. */
  records: number;
  /** Makes what it works on, and gives one round of the work. */
  prepare(): (() => void) | (() => Promise<void>);
}

/** `count` made things. */
export const made = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

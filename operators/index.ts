import { groupBy } from './groupBy.ts';
import type { Operator } from './kernel.ts';
import { memory } from './memory.ts';
import { normalize } from './normalize.ts';
import { rank } from './rank.ts';

export { groupBy, memory, normalize, rank };

/** Every operator a pipeline file can name, in the order `list` shows them. */
export const operators: readonly Operator[] = [normalize, groupBy, memory, rank] as readonly Operator[];

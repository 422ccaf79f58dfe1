import { groupBy } from './groupBy.ts';
import { memory } from './memory.ts';
import { normalize } from './normalize.ts';
import { rank } from './rank.ts';

/** Every operator a pipeline file can name, in the order `list` shows them. */
export const operators = [normalize, groupBy, memory, rank] as const;

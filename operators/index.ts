import { breaker } from './breaker.ts';
import { budget } from './budget.ts';
import { entities } from './entities.ts';
import { episodes } from './episodes.ts';
import { groupBy } from './groupBy.ts';
import type { OperatorEntry } from '../src/kernel/defineOperator.ts';
import { memory } from './memory.ts';
import { normalize } from './normalize.ts';
import { rank } from './rank.ts';
import { rules } from './rules.ts';
import { sessions } from './sessions.ts';
import { spike } from './spike.ts';

export { breaker, budget, entities, episodes, groupBy, memory, normalize, rank, rules, sessions, spike };

/** Every operator a pipeline file can name, in the order `list` shows them. */
export const operators: readonly OperatorEntry[] = [
  normalize,
  groupBy,
  memory,
  entities,
  rank,
  spike,
  budget,
  breaker,
  sessions,
  rules,
  episodes,
];

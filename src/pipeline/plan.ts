import type { KeyedOptions } from '../kernel/keyedOptions.ts';
import type { OperatorNode } from './definition.ts';
import { listSources, type Wired } from './wire.ts';

/** Where a chain can be cut: what runs in front, in one place; what by key, in many; all else, behind them, in one place. */
export interface Cut {
  /** Ids of the sources whose records go through it. */
  sources: string[];
  /** Ids of stateless operators, in their order. */
  front: string[];
  /** Id of the operator that is shared out by key. */
  partition: string;
  /** Ids of the others. */
  desk: string[];
}

/** Why a chain cannot be cut, in one sentence without a full stop. */
export interface Uncut {
  why: string;
}

/**
 * Cuts a chain at its first keyed operator. What stands in front has to be stateless; the operator itself may look at nothing
 * across keys. Results do not depend on whether, and in how many places, a cut chain is run.
 */
export function planCut({ sources, operators }: Wired): Cut | Uncut {
  const keyed = operators.find(({ operator }) => operator.spec.keyed === true);
  if (!keyed) return { why: 'no operator works by key, so there is nothing to share out' };
  const reason = acrossKeys(keyed);
  if (reason !== null) return { why: `${keyed.id} ${reason}` };
  const front: OperatorNode[] = [];
  const names = new Map(operators.map((node) => [node.id, node]));
  let first = keyed;
  for (;;) {
    const before = first.from.filter((name) => names.has(name.split('.')[0]!));
    if (before.length === 0) break;
    if (first.from.length > 1 || first.from[0]!.includes('.'))
      return { why: `${first.id} takes ${first.from.join(' and ')}, not all that one operator gives` };
    first = names.get(first.from[0]!)!;
    if (first.operator.spec.stateless !== true)
      return { why: `${first.id}, in front of ${keyed.id}, has to see all records in their order` };
    front.unshift(first);
  }
  const ahead = new Set([...front, keyed].map(({ id }) => id));
  return {
    sources: listSources(first.from, sources),
    front: front.map(({ id }) => id),
    partition: keyed.id,
    desk: operators.filter(({ id }) => !ahead.has(id)).map(({ id }) => id),
  };
}

/** What a keyed operator looks at that is not of one key; null where that is nothing. */
function acrossKeys({ operator: { spec }, options }: OperatorNode): string | null {
  const parsed = spec.options.parse(options ?? {}) as KeyedOptions;
  if (parsed.maxGroups !== undefined) return 'counts its keys (max_groups), which takes one place that sees all of them';
  if (spec.onEvict !== 'fold') return 'closes or refuses keys, which takes one place that sees all of them';
  if (spec.machine(parsed).wants) return 'waits for the vectors of its embedder';
  return null;
}

export const isCut = (plan: Cut | Uncut): plan is Cut => 'partition' in plan;

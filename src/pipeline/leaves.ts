import type { OperatorNode } from './definition.ts';

/** Ids of the operators whose whole output no other operator takes: the last ones. */
export function leaves(operators: readonly Pick<OperatorNode, 'id' | 'from'>[]): string[] {
  const used = new Set(operators.flatMap(({ from }) => from.map((name) => name.split('.')[0])));
  return operators.filter(({ id }) => !used.has(id)).map(({ id }) => id);
}

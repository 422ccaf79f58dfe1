import { defineOperator, type Machine, type Operator } from '../../kernel/defineOperator.ts';
import { GroupMemory } from '../../memory/groupMemory.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';

/** Who looks at the memories of a run. */
export interface MemoryWatch {
  /** A group's memory was begun, or came back from disk. */
  held?(memory: GroupMemory, node: string): void;
  /** It has closed its last window, and the run lets go of it. */
  ended?(memory: GroupMemory, node: string): void;
}

/** The operators with their memories in sight; states, options and results stay what they are. */
export function watchMemory(operators: readonly OperatorNode[], watch: MemoryWatch): OperatorNode[] {
  return operators.map((node) => (node.operator.spec.name === 'memory' ? { ...node, operator: watched(node, watch) } : node));
}

function watched({ id, operator: { spec } }: OperatorNode, { held, ended }: MemoryWatch): Operator {
  const seen = <T>(state: T): T => {
    if (state instanceof GroupMemory) held?.(state, id);
    return state;
  };
  const machine = (options: unknown): Machine<unknown> => {
    const inner = spec.machine(options);
    return {
      ...inner,
      start: (key, since) => seen(inner.start(key, since)),
      load: (json) => seen(inner.load!(json)),
      end: (state, emit) => {
        inner.end?.(state, emit);
        if (state instanceof GroupMemory) ended?.(state, id);
      },
    };
  };
  return defineOperator({ ...spec, machine }) as Operator;
}

import { keyedOptions } from '../../kernel/defineOperator.ts';
import type { JsonObject } from '../../event.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import { configHash } from './configHash.ts';

/** Options by name; those that are written as a list go by the name of the operator, which is what the list is of. */
export const namedOptions = ({ operator: { spec }, options }: OperatorNode): JsonObject =>
  Array.isArray(options) ? { [spec.name]: options } : (options as JsonObject);

/** A hash of each option that is set, and of the ports that an operator reads. */
export function optionHashes(node: OperatorNode): Record<string, string> {
  const ports = node.from.filter((name) => name.includes('.'));
  const all = { ...namedOptions(node), ...(ports.length > 0 && { from: ports }) };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, configHash(name, value)]])));
}

/** The options that are a number, or yes or no: no secret is. */
export const plainValues = (node: OperatorNode): JsonObject =>
  Object.fromEntries(Object.entries(namedOptions(node)).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'));

/** Hash of the options at once, as checkpoints had it that hold none of each. */
export function operatorHash({ operator: { spec }, options, from }: OperatorNode): string {
  const held = Object.entries(options as JsonObject).filter(([name]) => !(name in keyedOptions) && name !== 'freeze');
  return configHash(spec.name, { ...Object.fromEntries(held), from });
}

/** Hash of what decides the keys of an operator: its own options of class `identity`, and those of every operator before it. */
export function hashKeys(node: OperatorNode, operators: readonly OperatorNode[]): string {
  const before = new Set<string>([node.id]);
  for (const one of operators.toReversed()) if (before.has(one.id)) for (const name of one.from) before.add(name.split('.')[0]!);
  const chain = operators.filter(({ id, operator: { spec } }) => before.has(id) && (id === node.id || spec.consume === true));
  const parts = chain.flatMap((one) => {
    const own = Object.entries(optionHashes(one)).filter(([name]) => one.operator.spec.changes?.[name] === 'identity');
    return own.length === 0 ? [] : [[one.operator.spec.name, ...own.flat()]];
  });
  return configHash('keys', parts);
}

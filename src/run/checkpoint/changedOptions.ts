import type { ChangeClass } from '../../kernel/defineOperator.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import { configHash } from './configHash.ts';
import { operatorHash, optionHashes } from './optionHashes.ts';
import type { OperatorHead } from './snapshot.ts';

/** What differs between an operator of a pipeline and the one a state was saved of: names of options, by class. */
export type ChangedOptions = Record<ChangeClass, string[]>;

/** Stands for options of which a checkpoint does not say which of them differ. */
export const unknownOptions = 'options';

/** The options that are not what they were. Another port counts like another shape: other signals come in. */
export function changedOptions(node: OperatorNode, saved: OperatorHead): ChangedOptions {
  const changed: ChangedOptions = { view: [], threshold: [], shape: [], identity: [] };
  if (saved.options === undefined) {
    if (saved.hash !== operatorHash(node)) changed.identity.push(unknownOptions);
    return changed;
  }
  const now = optionHashes(node);
  const before = saved.options;
  for (const name of new Set([...Object.keys(now), ...Object.keys(before)])) {
    if (now[name] === before[name] || (name === 'from' && isSameInput(node, saved))) continue;
    if (isOlderList(node, saved)) continue;
    const known = node.operator.spec.changes?.[name];
    if (known !== undefined) changed[known].push(name);
    else if (name === 'from') changed.shape.push(name);
  }
  if (isOlderList(node, saved) && !isSameList(node.options as unknown[], before)) changed.shape.push(node.operator.spec.name);
  return changed;
}

/** Older checkpoints tell all of `from`, of which only ports count: there, ids alone can have changed. */
const isSameInput = ({ from }: OperatorNode, { name, options }: OperatorHead): boolean =>
  name === undefined && (!from.some((one) => one.includes('.')) || configHash('from', from) === options!['from']);

/** A list of which a checkpoint holds a hash of each member. */
const isOlderList = ({ options }: OperatorNode, { name }: OperatorHead): boolean => name === undefined && Array.isArray(options);

const isSameList = (list: readonly unknown[], before: Record<string, string>): boolean =>
  list.every((one, index) => configHash(String(index), one) === before[index]) && !Object.hasOwn(before, list.length);

import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import { rules } from '../../../operators/rules.ts';
import type { OperatorEntry } from '../../../src/kernel/defineOperator.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';
import { changedOptions, unknownOptions } from '../../../src/run/checkpoint/changedOptions.ts';
import { operatorHash } from '../../../src/run/checkpoint/optionHashes.ts';
import { configHash } from '../../../src/run/checkpoint/configHash.ts';
import { operatorHeads } from '../../../src/run/checkpoint/snapshot.ts';

const node = (operator: OperatorEntry, options: unknown, from = ['log']): OperatorNode => ({
  ...{ id: operator.spec.name, operator, from },
  options: operator.spec.options.parse(options),
});
const between = (before: OperatorNode, now: OperatorNode) => changedOptions(now, operatorHeads([before])[0]!);
const none = { view: [], threshold: [], shape: [], identity: [] };

describe('the options of an operator that were changed', () => {
  it('are named by class', () => {
    const changed = between(node(memory, {}), node(memory, { freeze: true, warmup: '1h', window: '1m', keep: ['a'] }));
    expect(changed).to.deep.equal({ view: ['freeze'], threshold: ['warmup'], shape: ['window', 'keep'], identity: [] });
  });

  it('are none where only ids of what it reads differ; another port is another shape', () => {
    expect(between(node(memory, {}), node(memory, {}, ['other']))).to.deep.equal(none);
    expect(between(node(memory, {}), node(memory, {}, ['log.late'])).shape).to.deep.equal(['from']);
  });

  it('count a list of rules as one option, also as older checkpoints have it, rule by rule', () => {
    const rule = (name: string) => ({ name, when: { state: 'new' as const } });
    const [before, now] = [node(rules, [rule('a')]), node(rules, [rule('a'), rule('b')])];
    expect(between(before, now).shape).to.deep.equal(['rules']);
    const older = (list: unknown[]) => ({
      ...{ id: 'rules', hash: '', stateVersion: 2 },
      options: Object.fromEntries([...list.map((one, i) => [String(i), configHash(String(i), one)]), ['from', 'x']]) as Record<
        string,
        string
      >,
    });
    expect(changedOptions(now, older(now.options as unknown[])).shape).to.deep.equal([]);
    expect(changedOptions(now, older(before.options as unknown[])).shape).to.deep.equal(['rules']);
  });

  it('cannot be named where a checkpoint has one hash for all of them', () => {
    const head = { id: 'memory', hash: operatorHash(node(memory, {})), stateVersion: 2 };
    expect(changedOptions(node(memory, {}), head)).to.deep.equal(none);
    expect(changedOptions(node(memory, { window: '1m' }), head).identity).to.deep.equal([unknownOptions]);
  });
});

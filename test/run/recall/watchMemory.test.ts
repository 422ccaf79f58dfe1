import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { Instance } from '../../../src/kernel/instance.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';
import { watchMemory } from '../../../src/run/recall/watchMemory.ts';
import { eventAt } from '../../support/fakes.ts';

describe('operators whose memories are looked at', () => {
  it('give what they give without a look, of groups that have no memory of their own too', () => {
    const node = { id: 'memory', operator: memory, options: { window: '1m', maxGroups: 1 }, from: [] } as unknown as OperatorNode;
    const held: string[] = [];
    const [watched] = watchMemory([node], { held: ({ group }) => void held.push(group) });
    const run = ({ operator }: OperatorNode) => {
      const out: Flow[] = [];
      const instance = new Instance(operator.spec, operator.spec.options.parse(node.options), (signal) => void out.push(signal));
      for (const [n, group] of ['a', 'b', 'c'].entries()) instance.take(eventAt(n * 1000, 'user came in', group));
      instance.end();
      return JSON.stringify(out);
    };
    const plain = run(node);
    expect(plain).to.contain('"from":{"group":"b","groups":2}');
    expect(run(watched!)).to.equal(plain);
    expect(held).to.deep.equal(['a', 'others']);
  });
});

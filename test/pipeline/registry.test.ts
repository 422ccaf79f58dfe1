import { expect } from 'chai';
import { z } from 'zod';
import { defineOperator } from '../../src/kernel/defineOperator.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend, find, verbs } from '../../src/pipeline/registry.ts';

const own = (name: string) => defineOperator({ name, options: z.strictObject({}), machine: () => ({ start: () => ({}), step: () => {} }) });

describe('a registry', () => {
  it('finds an entry by the verb that a file has for it', () => {
    expect(find(builtins, 'operator', 'group_by')?.spec.name).to.equal('groupBy');
    expect(find(builtins, 'operator', 'groupBy')).to.equal(undefined);
    expect(find(builtins, 'source', 'cloudwatch-logs')?.spec.name).to.equal('cloudwatch-logs');
    expect(find(builtins, 'sink', 'file')).to.equal(undefined);
  });

  it('is extended behind its own entries; one of the same name takes the place of the old one', () => {
    const mine = own('myOwn');
    const rank = own('rank');
    const more = extend(builtins, { operators: [mine, rank] });
    expect(verbs(more, 'operator').slice(-2)).to.deep.equal(['my_own', 'rank']);
    expect(verbs(more, 'operator')).to.have.length(verbs(builtins, 'operator').length + 1);
    expect(find(more, 'operator', 'rank')).to.equal(rank);
    expect(verbs(more, 'sink')).to.deep.equal(verbs(builtins, 'sink'));
  });

  it('that was extended leaves the other as it was', () => {
    const before = verbs(builtins, 'operator');
    extend(builtins, { operators: [own('another')] });
    expect(verbs(builtins, 'operator')).to.deep.equal(before);
  });
});

import { expect } from 'chai';
import { orderGenerations } from '../../../src/sources/file/generationOrder.ts';

const file = (path: string, began: number | null, modified: number, maybe = false) => ({ path, began, modified, maybe });
const order = (...files: ReturnType<typeof file>[]) => orderGenerations(files).map(({ path }) => path);

describe('the order of generations', () => {
  it('is that of the numbers downwards, unless stamps or changes say otherwise', () => {
    const usual = ['a.log.3', 'a.log.2', 'a.log.1', 'a.log'];
    expect(order(file('a.log', 9, 9), file('a.log.1', 3, 3), file('a.log.2', 2, 2), file('a.log.3', 1, 1))).to.deep.equal(usual);
    expect(order(...usual.map((path) => file(path, null, 5)))).to.deep.equal(usual);
    const upwards = ['a.log.1', 'a.log.2', 'a.log.3', 'a.log'];
    expect(order(file('a.log', 9, 9), file('a.log.1', 1, 1), file('a.log.2', 2, 2), file('a.log.3', 3, 3))).to.deep.equal(upwards);
    expect(order(file('a.log', 9, 9), file('a.log.1', null, 1), file('a.log.2', null, 2), file('a.log.3', null, 3))).to.deep.equal(upwards);
  });

  it('is the usual one where stamps and changes contradict each other', () => {
    expect(order(file('a.log.1', 1, 2), file('a.log.2', 2, 1), file('a.log', 3, 3))).to.deep.equal(['a.log.2', 'a.log.1', 'a.log']);
  });

  it('is that of the stamps, else of the changes, where names say nothing, before the others', () => {
    expect(order(file('a.log', 9, 9), file('a-2.log', 4, 1, true), file('a-1.log', 5, 2, true))).to.deep.equal([
      'a-2.log',
      'a-1.log',
      'a.log',
    ]);
    expect(order(file('a.log', 9, 9), file('a-2.log', null, 2, true), file('a-1.log', 5, 1, true))).to.deep.equal([
      'a-1.log',
      'a-2.log',
      'a.log',
    ]);
  });
});

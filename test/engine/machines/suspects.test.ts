import { expect } from 'chai';
import { Suspects } from '../../../src/engine/machines/suspects.ts';

describe('records at which an operator failed', () => {
  it('are known by message and place, until nobody goes back to that message', () => {
    const suspects = new Suspects<string>();
    suspects.add(3, 1, 'a');
    suspects.add(3, 0, 'b');
    suspects.add(5, 9, 'c');
    expect([...suspects.of(3)!]).to.deep.equal([
      [1, 'a'],
      [0, 'b'],
    ]);
    expect([2, 3, 4, 5].map((n) => suspects.has(n))).to.deep.equal([false, true, false, true]);
    suspects.forget(4);
    expect(suspects.of(3)).to.equal(undefined);
    expect([...suspects.of(5)!]).to.deep.equal([[9, 'c']]);
    suspects.forget(5);
    expect(suspects.has(5)).to.equal(false);
  });
});

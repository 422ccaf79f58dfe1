import { expect } from 'chai';
import fc from 'fast-check';
import { Sketch } from '../../src/kernel/sketch.ts';

describe('a sketch of what comes often', () => {
  it('says so of nothing that came less than three times, however many others come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 400 }), (names) => {
        const sketch = new Sketch();
        const counts = new Map<number, number>();
        for (const name of names) {
          counts.set(name, (counts.get(name) ?? 0) + 1);
          if (sketch.add(String(name), 0)) expect(counts.get(name)).to.be.at.least(3);
        }
      }),
    );
  });

  it('goes on after it was saved', () => {
    const sketch = new Sketch();
    for (const _ of [1, 2]) sketch.add('a', 0);
    const again = new Sketch();
    again.load(sketch.save());
    expect(again.add('a', 1)).to.equal(true);
  });
});

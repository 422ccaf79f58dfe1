import { expect } from 'chai';
import fc from 'fast-check';
import { shortIds } from '../../../src/views/text/shortIds.ts';

describe('shortIds', () => {
  it('shows four letters, and more only where two collide', () => {
    const short = shortIds(['k7f2aa', 'k7f2ab', 'm3qd00', 'k7f2aa']);
    expect(['k7f2aa', 'k7f2ab', 'm3qd00'].map(short)).to.deep.equal(['k7f2aa', 'k7f2ab', 'm3qd']);
  });
  it('gives each id a beginning that is only its own (property)', () => {
    const ids = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(ids, (all) => {
        const short = shortIds(all);
        for (const id of all) {
          expect(id.startsWith(short(id))).to.equal(true);
          expect(
            all.filter((other) => other.startsWith(short(id)) && other.length >= id.length && other !== id && short(id) !== id),
          ).to.deep.equal([]);
        }
      }),
    );
  });
});

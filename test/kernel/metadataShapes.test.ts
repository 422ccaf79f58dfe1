import { expect } from 'chai';
import fc from 'fast-check';
import type { Event, Json } from '../../src/event.ts';
import { countSent, fillShape, isSent, MetadataShapes } from '../../src/kernel/metadataShapes.ts';

/** What of the metadata travels beside their shapes, and what is made of that. */
function there(given: readonly Event['metadata'][]): { shapes: number; made: (Event['metadata'] | null)[] } {
  const shapes = new MetadataShapes();
  const made = given.map((metadata) => {
    const number = shapes.number(metadata);
    if (number === null) return null;
    const shape = shapes.list[number]!;
    const sent = shape.filter(({ kind }) => isSent(kind)).map(({ name }) => String(metadata[name]));
    expect(countSent(shape)).to.equal(sent.length);
    return fillShape(shape, () => sent.shift()!);
  });
  return { shapes: shapes.list.length, made };
}

describe('the shape of metadata', () => {
  it('is the names of its fields in their order, and what they hold', () => {
    const given: Event['metadata'][] = [{ a: 'x', b: 1 }, { a: 'y', b: 2 }, { b: 1, a: 'x' }, { a: true }, { a: false }, { a: null }, {}];
    const { shapes, made } = there(given);
    expect(shapes).to.equal(6);
    expect(JSON.stringify(made)).to.equal(JSON.stringify(given));
  });

  it('is none where something deeper is held, or a number that cannot be written, or __proto__', () => {
    const given = [{ a: [1] }, { a: {} }, { a: Infinity }, { a: -0 }, JSON.parse('{"__proto__":"x"}') as Event['metadata']];
    expect(there(given as Event['metadata'][]).made).to.deep.equal([null, null, null, null, null]);
  });

  it('is none from the 257th different one on, and none of more than 24 fields', () => {
    const { shapes, made } = there([...Array.from({ length: 300 }, (_, i) => ({ [`f${i}`]: 'x' })), { f0: 'x' }]);
    expect(shapes).to.equal(256);
    expect(made.at(-2)).to.equal(null);
    expect(made.at(-1)).to.deep.equal({ f0: 'x' });
    expect(there([Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}`, 1]))]).made).to.deep.equal([null]);
  });

  it('gives the same metadata again, whatever it says', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const value = fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)) as fc.Arbitrary<Json>;
    const metadata = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(metadata, { maxLength: 20 }), (given) => {
        for (const [i, made] of there(given).made.entries())
          if (made !== null) expect(JSON.stringify(made)).to.equal(JSON.stringify(given[i]));
      }),
      { numRuns: 300 },
    );
  });
});

import { assert } from 'chai';
import fc from 'fast-check';
import { isSameJson } from '../../src/base/isSameJson.ts';
import type { Json } from '../../src/event.ts';
import { mistyped } from '../support/typed.ts';

const json = fc.jsonValue({ maxDepth: 4, depthSize: 'small', noUnicodeString: false }) as fc.Arbitrary<Json>;
/** With the keys of each object in one order; one without any is no empty list. */
const ordered = (value: Json): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? {
          entries: Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, ordered(inner)]),
        }
      : value;
const written = (value: Json) => JSON.stringify(ordered(JSON.parse(JSON.stringify(value)) as Json));

describe('isSameJson', () => {
  it('holds for a value and what was read of it again', () => {
    fc.assert(fc.property(json, (value) => isSameJson(value, JSON.parse(JSON.stringify(value)) as Json)));
  });

  it('says of any two values what their texts say', () => {
    fc.assert(fc.property(json, json, (a, b) => isSameJson(a, b) === (written(a) === written(b))));
  });

  for (const [a, b, same] of [
    [{ x: 1, y: 2 }, { y: 2, x: 1 }, true],
    [{ x: 1, y: mistyped(undefined) }, { x: 1 }, true],
    [{ x: 1 }, { x: 1, y: null }, false],
    [[1, 2], [1, 2, 3], false],
    [[], {}, false],
    [{ files: [{ at: { offset: 1 } }] }, { files: [{ at: { offset: 2 } }] }, false],
    [{ constructor: 1 }, {}, false],
    [null, undefined, false],
  ] as [Json, Json, boolean][])
    it(`${JSON.stringify(a)} and ${JSON.stringify(b)} are ${same ? 'the same' : 'different'}`, () => {
      assert.equal(isSameJson(a, b), same);
      assert.equal(isSameJson(b, a), same);
    });
});

import { assert } from 'chai';
import { plainRecord } from '../../src/base/plainRecord.ts';

const Point = plainRecord(function (this: { x: number; y: number }, x: number, y: number) {
  this.x = x;
  this.y = y;
});

describe('plainRecord', () => {
  it('makes what a literal would be: its keys, its prototype, its JSON, its copies', () => {
    const made = new Point(1, 2);
    assert.deepStrictEqual(made, { x: 1, y: 2 });
    assert.strictEqual(Object.getPrototypeOf(made), Object.prototype);
    assert.strictEqual(made.constructor, Object);
    assert.strictEqual(JSON.stringify(made), '{"x":1,"y":2}');
    assert.deepStrictEqual({ ...made, y: 3 }, { x: 1, y: 3 });
    assert.deepStrictEqual(structuredClone(made), { x: 1, y: 2 });
  });
});

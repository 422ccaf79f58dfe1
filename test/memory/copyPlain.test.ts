import { expect } from 'chai';
import fc from 'fast-check';
import { copyPlain } from '../../src/memory/copyPlain.ts';

describe('copyPlain', () => {
  it('is equal to what it copies, its fields in the same order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(copyPlain(value))).to.equal(JSON.stringify(value));
      }),
    );
  });

  it('shares no object with it, however deep', () => {
    const value = { list: [{ n: 1 }], inner: { deep: { n: 1 } } };
    const copy = copyPlain(value);
    copy.list[0]!.n = 2;
    copy.inner.deep.n = 2;
    copy.list.push({ n: 3 });
    expect(value).to.deep.equal({ list: [{ n: 1 }], inner: { deep: { n: 1 } } });
  });

  it('keeps null and what is undefined', () => {
    expect(copyPlain({ a: null, b: undefined })).to.deep.equal({ a: null, b: undefined });
  });

  it('copies a field named __proto__ as a field', () => {
    const value = JSON.parse('{"__proto__":{"n":1},"constructor":2}') as object;
    expect(JSON.stringify(copyPlain(value))).to.equal('{"__proto__":{"n":1},"constructor":2}');
  });
});

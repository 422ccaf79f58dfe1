import { expect } from 'chai';
import fc from 'fast-check';
import type { Event, Json } from '../../src/event.ts';
import { MetadataTexts } from '../../src/kernel/metadataTexts.ts';

describe('metadata that several events share', () => {
  it('is listed once, by what it says', () => {
    const texts = new MetadataTexts();
    const one = { level: 'INFO' };
    expect([one, { level: 'WARN' }, { level: 'INFO' }, one].map((each) => texts.number(each))).to.deep.equal([0, 1, 0, 0]);
    expect(texts.texts).to.deep.equal(['{"level":"INFO"}', '{"level":"WARN"}']);
  });

  it('is not looked for any more where most events have their own', () => {
    const texts = new MetadataTexts();
    for (let i = 0; i < 64; i += 1) texts.number({ i });
    expect(texts.isShared).to.equal(false);
    const often = new MetadataTexts();
    for (let i = 0; i < 300; i += 1) often.number({ i: i % 3 });
    expect(often.isShared).to.equal(true);
  });

  it('is the same where it says the same, in the same order of its fields, however deep it is', () => {
    const value: fc.Arbitrary<Json> = fc.oneof(
      fc.constantFrom('a', 'b', '', 'null', '0', 0, 1, -1, true, false, null, [], ['a'], {}, { a: 'a' }),
      fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
    );
    const metadata = fc.dictionary(fc.constantFrom('a', 'b', '1', '0', '__proto__'), value, { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(metadata, { maxLength: 60 }), (list) => {
        const texts = new MetadataTexts();
        const shared = [...list, ...list, ...structuredClone(list)].filter((each) => !JSON.stringify(each).includes('-0'));
        for (const each of shared) {
          const number = texts.number(each);
          if (number !== null) expect(texts.texts[number]).to.equal(JSON.stringify(each));
        }
        if (texts.isShared) expect(new Set(texts.texts).size).to.equal(texts.texts.length);
      }),
    );
  });

  it('has no number where JSON cannot say it', () => {
    const texts = new MetadataTexts();
    for (const wrong of [Infinity, -0, undefined]) expect(texts.number({ a: wrong } as unknown as Event['metadata'])).to.equal(null);
  });
});

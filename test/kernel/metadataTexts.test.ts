import { expect } from 'chai';
import type { Event } from '../../src/event.ts';
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

  it('has no number where JSON cannot say it', () => {
    const texts = new MetadataTexts();
    for (const wrong of [Infinity, -0, undefined]) expect(texts.number({ a: wrong } as unknown as Event['metadata'])).to.equal(null);
  });
});

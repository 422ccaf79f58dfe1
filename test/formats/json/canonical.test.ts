import { expect } from 'chai';
import { canonicalTime, idProblem, isCanonical } from '../../../src/formats/json/canonical.ts';

const event = { id: 'e1', timestamp: '2024-05-01T10:00:00Z', source: 's', group_id: 'g', text: 't', metadata: {} };

describe('an id', () => {
  it('names a record when it is safe in a path and a URL', () => {
    for (const id of ['e1', 'a:b', '...', 'é', 'x'.repeat(512)]) expect(idProblem(id), id).to.equal(null);
    for (const id of ['', '.', '..', 'a/b', 'a\\b', 'a\nb', 'a\u007f', 'x'.repeat(513)]) expect(idProblem(id), id).to.be.a('string');
  });
});

describe('a canonical event', () => {
  it('has its six fields, each of its kind, and no other', () => {
    expect(isCanonical(event)).to.equal(true);
    expect(isCanonical({ ...event, more: 1 })).to.equal(false);
    for (const key of Object.keys(event)) {
      expect(isCanonical({ ...event, [key]: 1 }), key).to.equal(false);
      expect(isCanonical(Object.fromEntries(Object.entries(event).filter(([name]) => name !== key))), key).to.equal(false);
    }
    for (const metadata of [null, [], 'x']) expect(isCanonical({ ...event, metadata })).to.equal(false);
  });

  it('keeps its stamp when that is in UTC, and is moved to it otherwise', () => {
    const zoned = { ...event, timestamp: '2024-05-01T12:00:00+02:00' };
    expect([canonicalTime(zoned), zoned.timestamp]).to.deep.equal([Date.UTC(2024, 4, 1, 10), '2024-05-01T10:00:00.000Z']);
    const plain = { ...event };
    expect([canonicalTime(plain), plain.timestamp]).to.deep.equal([Date.UTC(2024, 4, 1, 10), event.timestamp]);
    const none = { ...event, timestamp: 'soon' };
    expect([canonicalTime(none), none.timestamp]).to.deep.equal([Number.NaN, 'soon']);
  });
});

import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { canonicalDraft, objectDraft } from '../../../src/formats/json/objectDraft.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';

const place = { line: 3, offset: 40 };
const draft = (record: JsonObject, fields = {}) =>
  objectDraft(record, { fields, clock: new StampClock({ timeZone: 'UTC', dayFirst: false }, undefined) }, 'raw', place);

describe('an object as a record', () => {
  it('has its parts, and its place', () => {
    expect(draft({ ts: 1717408800, msg: 'slow', service: 'pay', group: 'app:pay' })).to.deep.equal({
      kind: 'draft',
      time: 1717408800000,
      text: 'slow',
      metadata: { service: 'pay' },
      raw: 'raw',
      ...place,
      groupId: 'app:pay',
      logicalId: 'pay',
    });
  });

  it('has an id of its own only where one is mapped, or where it calls its time and text as ours do', () => {
    const named = { timestamp: '2024-06-03T10:00:00Z', text: 'x', id: 'k1' };
    expect(draft(named)).to.deep.include({ id: 'k1', metadata: {} });
    expect(draft({ ...named, text: 1 }))
      .to.deep.include({ metadata: { id: 'k1' } })
      .and.not.have.property('id');
    expect(draft({ msg: 'x', key: 17 }, { id: 'key' })).to.include({ id: '17' });
    expect(draft({ ...named, id: 'a/b' })).to.equal('id "a/b" is not safe in a path');
  });

  it('is described by its request where it has no message', () => {
    expect(draft({ method: 'GET', path: '/a', status: 502 })).to.include({ text: 'GET /a 502' });
    expect(draft({ n: 1 })).to.deep.include({ text: 'n=1', time: Number.NaN });
  });
});

describe('an event that is canonical already', () => {
  const event = { id: 'e1', timestamp: '2024-05-01T10:00:00Z', source: 's', group_id: 'g', text: 't', metadata: {} };

  it('is passed on as it is, refused for its time or id, and no one else’s business otherwise', () => {
    expect(canonicalDraft(event, 'raw', place)).to.deep.include({ event, time: Date.UTC(2024, 4, 1, 10), line: 3 });
    expect(canonicalDraft({ ...event, timestamp: 'soon' }, 'raw', place)).to.equal('timestamp "soon" is not a time');
    expect(canonicalDraft({ ...event, id: '' }, 'raw', place)).to.equal('id is empty');
    expect(canonicalDraft({ ...event, more: 1 }, 'raw', place)).to.equal(null);
  });
});

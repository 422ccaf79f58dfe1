import { expect } from 'chai';
import fc from 'fast-check';
import type { Event, JsonObject } from '../../../src/event.ts';
import { findMentions, namesIt } from '../../../src/findings/entities/mentions.ts';

const event = (text: string, metadata: JsonObject = {}): Event => ({ id: '1', timestamp: '', source: 's', group_id: 'g', text, metadata });

describe('a name in a line', () => {
  it('is found as a whole, at the edges of what names end with', () => {
    for (const text of ['dn2', 'on dn2.', 'dn2:50010 down', '(dn2)', 'host="dn2"', 'a dn21 and dn2'])
      expect(namesIt(text, 'dn2'), text).to.equal(true);
    for (const text of ['dn21', 'web-dn2', 'dn2.example.com', 'dn2-b', 'xdn2', '']) expect(namesIt(text, 'dn2'), text).to.equal(false);
    expect(namesIt('volume /data/3/current', '/data/3')).to.equal(true);
    expect(namesIt('volume /data/31', '/data/3')).to.equal(false);
    expect(namesIt('from 10.0.3.30:50614', '10.0.3.30')).to.equal(true);
    expect(namesIt('from 10.0.3.301', '10.0.3.30')).to.equal(false);
  });

  it('is found wherever it stands between blanks', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(
      fc.property(word, fc.array(word), fc.array(word), (name, before, after) => namesIt([...before, name, ...after].join(' '), name)),
    );
  });

  it('is found as the whole value of a field, however deep, by its path', () => {
    const metadata = { version: 'v412', k8s: { pod: { name: 'orders-1' } }, tags: ['a', 'dn2'], user: 77, note: 'about v412' };
    expect(findMentions(event('x v412', metadata), 'v412')).to.deep.equal(['text', 'version']);
    expect(findMentions(event('x', metadata), 'orders-1')).to.deep.equal(['k8s.pod.name']);
    expect(findMentions(event('x', metadata), 'dn2')).to.deep.equal(['tags']);
    expect(findMentions(event('x', metadata), '77')).to.deep.equal(['user']);
    expect(findMentions(event('x', metadata), 'nobody')).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { NameReader } from '../../../src/findings/entities/readNames.ts';
import { eventSignal } from '../../../src/testing.ts';

const read = (text: string, metadata: JsonObject = {}, reader = new NameReader()) =>
  Object.fromEntries(reader.read(eventSignal(text, 0, { metadata }).event).map(({ name, place }) => [name, place]));

describe('names in a line', () => {
  it('are words with a digit or a slash, called by the noun before them', () => {
    expect(read('Disk failure on dn2, volume /data/3 removed')).to.deep.equal({ dn2: null, '/data/3': 'volume', '/data': 'volume' });
    expect(read('user: u-4711 logged in from 10.0.0.7')).to.deep.equal({ 'u-4711': 'user', '10.0.0.7': null });
    expect(read('pod=web-2 restarted')).to.deep.equal({ 'web-2': 'pod' });
  });

  it('come with what holds them: a folder, a host of a port', () => {
    expect(Object.keys(read('volume /data/3/current'))).to.deep.equal(['/data/3/current', '/data/3', '/data']);
    expect(Object.keys(read('to 10.0.0.7:5010'))).to.deep.equal(['10.0.0.7:5010', '10.0.0.7']);
  });

  it('are no amounts, dates, masks, nor what is merely long', () => {
    expect(read('took 30ms at 2026-03-14T02:00:00Z of 4096, token [redacted:token1]')).to.deep.equal({});
    expect(read(`x${'1'.repeat(90)}`)).to.deep.equal({});
  });

  it('are values of fields, by their paths; a number where its field is an id', () => {
    const names = read('x', { version: 'v412', ctx: { user_id: 4711, took_ms: 4712 }, orderId: '99', note: 'two words1' });
    expect(names).to.deep.equal({ v412: 'version', '4711': 'ctx.user_id', '99': 'orderId' });
  });

  it('are words of a field that has had many of them, and of no other', () => {
    const reader = new NameReader();
    for (let i = 0; i < 16; i++) read('x', { user: `n${'abcdefghijklmnop'[i]}me`, method: 'GET' }, reader);
    expect(read('x', { user: 'alice', method: 'GET' }, reader)).to.deep.equal({ alice: 'user' });
    const saved = new NameReader(JSON.parse(JSON.stringify(reader.save())));
    expect(read('x', { user: 'bob', method: 'GET' }, saved)).to.deep.equal({ bob: 'user' });
  });

  it('are no more than a bounded number, however many there are', () => {
    const text = Array.from({ length: 100 }, (_, i) => `host-${i}`).join(' ');
    expect(Object.keys(read(text))).to.have.length(24);
  });
});

import { expect } from 'chai';
import type { Event, JsonObject } from '../../../src/event.ts';
import { compileEntities } from '../../../src/safeguards/sessions/readEntities.ts';

const event = (text: string, metadata: JsonObject = {}): Event => ({
  id: 'e',
  timestamp: '2026-03-14T03:00:00.000Z',
  source: 's',
  group_id: 'g',
  text,
  metadata,
});

describe('compileEntities', () => {
  it('reads a field of the event or of its metadata, several where it is a list', () => {
    expect(compileEntities('metadata.request')(event('x', { request: 17 }))).to.deep.equal(['17']);
    expect(compileEntities('request')(event('x', { request: ['a', 'b', 'a'] }))).to.deep.equal(['a', 'b']);
    expect(compileEntities('request')(event('x'))).to.deep.equal([]);
    expect(compileEntities('request')(event('x', { request: '' }))).to.deep.equal([]);
  });

  it('reads a text of several fields, and nothing where one is missing', () => {
    const read = compileEntities('{group_id}/{metadata.user}');
    expect(read(event('x', { user: 'ann' }))).to.deep.equal(['g/ann']);
    expect(read(event('x'))).to.deep.equal([]);
  });

  it('reads a slot behind its word or key', () => {
    const read = compileEntities({ slot: 'block' });
    for (const [text, right] of [
      ['Receiving block blk_-1608999687919862906 src: /10.250.19.102:54106', ['blk_-1608999687919862906']],
      ['PacketResponder 1 for block blk_38 terminating', ['blk_38']],
      ['block=blk_1, block: "blk_2".', ['blk_1', 'blk_2']],
      ['Block (b7) done', ['b7']],
      ['the block is full', []],
      ['roadblock 17 and block-size 3', []],
    ] as const)
      expect(read(event(text)), text).to.deep.equal(right);
  });

  it('looks at four entities of an event at most, and bounds their names', () => {
    expect(compileEntities({ slot: 'id' })(event('id 1 id 2 id 3 id 4 id 5'))).to.have.length(4);
    expect(compileEntities('long')(event('x', { long: 'a'.repeat(999) }))[0]).to.have.length(256);
  });

  it('takes linear time for hostile text', () => {
    const read = compileEntities({ slot: 'id' });
    expect(read(event('id '.repeat(20_000)))).to.deep.equal([]);
    expect(read(event(`id ${'a'.repeat(60_000)}`))).to.deep.equal([]);
  });

  it('refuses a text whose braces do not match', () => {
    expect(() => compileEntities('{a')).to.throw(RangeError);
  });
});

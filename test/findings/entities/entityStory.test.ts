import { expect } from 'chai';
import { toIso, type JsonObject } from '../../../src/event.ts';
import { EntityReader } from '../../../src/findings/entities/entityStory.ts';

let n = 0;
function add(reader: EntityReader, at: number, text: string, metadata: JsonObject = {}, group = 'g'): void {
  n += 1;
  reader.add({ id: `e${n}`, timestamp: toIso(at), source: 's', group_id: group, text, metadata }, group, at);
}

describe('the story of an entity', () => {
  const reader = new EntityReader('user-77');
  before(() => {
    for (let i = 0; i < 10_000; i++) add(reader, i * 1000, `order placed by user-${i % 1000}`);
    for (let i = 0; i < 40; i++)
      add(reader, 8_000_000 + i * 1000, `charge of user-${i % 4 === 3 ? i : 77} refused by bank-3`, { level: 'ERROR' }, 'payments');
    add(reader, 9_999_000, 'session closed', { user: 'user-77' });
  });

  it('has when, where and how much of all it was', () => {
    const story = reader.story();
    expect([story.lines, story.of]).to.deep.equal([41, 10_041]);
    expect([story.first_seen, story.last_seen]).to.deep.equal([toIso(77_000), toIso(9_999_000)]);
    expect(story.history!.counts.reduce((a, b) => a + b)).to.equal(41);
    expect(story.places).to.deep.equal([
      { place: 'text', count: 40 },
      { place: 'user', count: 1 },
    ]);
    expect(story.groups).to.deep.equal([
      { group_id: 'payments', count: 30, of: 40 },
      { group_id: 'g', count: 11, of: 10_001 },
    ]);
  });

  it('names the pattern that holds it more than others do, of ten thousand lines, first, and whom it goes with', () => {
    const { patterns, with: others } = reader.story();
    expect(patterns[0]).to.include({ group_id: 'payments', level: 'ERROR', count: 30, of: 40, bits: 24 });
    expect(patterns.find(({ label }) => label.startsWith('order placed'))).to.include({ count: 10, of: 10_000 });
    expect(patterns.find(({ label }) => label.startsWith('order placed'))!.bits).to.be.below(1);
    expect(others).to.deep.equal([{ name: 'bank-3', count: 30 }]);
  });

  it('of one that nobody named is empty', () => {
    const none = new EntityReader('nobody');
    add(none, 0, 'x');
    expect(none.story()).to.deep.include({ lines: 0, of: 1, first_seen: null, history: null, patterns: [], with: [] });
    expect(new EntityReader('nobody').story().of).to.equal(0);
  });

  it('holds no more for more names beside it, and never loses one that is common', () => {
    const many = new EntityReader('user-77');
    for (let i = 0; i < 6000; i++) add(many, i, `user-77 called bank-3 as job-${i}`);
    expect(many.story().with[0]).to.deep.include({ name: 'bank-3', count: 6000 });
  });
});

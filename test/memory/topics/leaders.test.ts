import { expect } from 'chai';
import { LEXICAL_MODEL } from '../../../src/memory/text/lexical.ts';
import { Leaders } from '../../../src/memory/topics/leaders.ts';
import type { Topic } from '../../../src/memory/topics/topic.ts';
import { patternNamed } from '../../support/memory/patterns.ts';

const founding = { time: 0, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 };
const topic = (text: string, more: Partial<Topic> = {}): Topic => ({ ...patternNamed(text, text, founding).topic, ...more });
const meaning = (text: string, more: object = {}) => ({ text, vector: null, space: LEXICAL_MODEL, ...more });

describe('the leaders of topics', () => {
  it('in the lexical space are near where they have the same concepts and contradict in none', () => {
    const leaders = new Leaders();
    const lost = topic('lost the connection to the database');
    leaders.add(lost);
    expect(leaders.nearest(meaning('lost connection to database'), 0.8)).to.equal(lost);
    expect(leaders.nearest(meaning('lost connection to cache'), 0.8)).to.equal(undefined);
    expect(leaders.nearest(meaning('restored connection to database'), 0.1)).to.equal(undefined);
    leaders.delete(lost);
    expect(leaders.nearest(meaning('lost connection to database'), 0.8)).to.equal(undefined);
  });

  it('of a model are near by their vectors, the oldest of equals, in their own space and length', () => {
    const leaders = new Leaders();
    const vector = Float32Array.from([1, 0]);
    const [old, young] = [topic('disk full', { vector, space: 'm', born: 1 }), topic('drive exhausted', { vector, space: 'm', born: 2 })];
    leaders.add(young);
    leaders.add(old);
    const near = (more: object, threshold = 0.9) => leaders.nearest(meaning('storage used up', { vector, space: 'm', ...more }), threshold);
    expect(near({})).to.equal(old);
    expect(near({ vector: Float32Array.from([0.6, 0.8]) })).to.equal(undefined);
    expect(near({ vector: Float32Array.from([0.6, 0.8]) }, 0.6)).to.equal(old);
    expect(near({ space: 'other' })).to.equal(undefined);
    expect(near({ vector: Float32Array.from([1, 0, 0]) })).to.equal(undefined);
    expect(near({ space: null })).to.equal(undefined);
  });

  it('are only of what the user keeps apart in the same way', () => {
    const leaders = new Leaders();
    leaders.add(topic('lost the connection to the database', { kept: 'a' }));
    expect(leaders.nearest(meaning('lost connection to database'), 0.5)).to.equal(undefined);
    expect(leaders.nearest(meaning('lost connection to database', { kept: 'a' }), 0.5)?.kept).to.equal('a');
  });
});

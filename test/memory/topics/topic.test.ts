import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { LEXICAL_MODEL } from '../../../src/memory/text/lexical.ts';
import { lacksVector, loadTopic, makeTombstone, makeVector, saveTopic } from '../../../src/memory/topics/topic.ts';
import { patternNamed } from '../../support/memory/patterns.ts';

const { topic } = patternNamed('t1', 'disk full', { time: 5, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 });

describe('a topic', () => {
  it('has a vector that follows from its text in the lexical space, and else its own', () => {
    expect(makeVector({ ...topic, space: LEXICAL_MODEL, vector: null })).to.have.length(256);
    const vector = Float32Array.from([1]);
    expect([makeVector({ ...topic, space: 'm', vector }), makeVector({ ...topic, space: 'm', vector: null })]).to.deep.equal([
      vector,
      null,
    ]);
  });

  it('lacks its vector where it must be asked for', () => {
    const lacks = (more: object) => lacksVector({ ...topic, vector: null, space: 'm', ...more });
    expect([lacks({}), lacks({ space: LEXICAL_MODEL }), lacks({ words: [] }), lacks({ vector: Float32Array.from([1]) })]).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is saved without what follows from its text, and loaded with it', () => {
    const saved = saveTopic({ ...topic, vector: Float32Array.from([1]) }) as JsonObject;
    expect(saved).to.not.have.any.keys('words', 'outcome', 'vector');
    expect(loadTopic(JSON.parse(JSON.stringify(saved)) as JsonObject)).to.deep.equal({ ...topic, vector: null });
  });

  it('of an older release has no merged topics, lineage or former templates', () => {
    const { former: _, merged: __, lineage: ___, ...old } = saveTopic(topic) as JsonObject;
    expect(loadTopic(old)).to.deep.include({ former: [], merged: [], lineage: [] });
  });

  it('leaves a stone that names all templates it had', () => {
    expect(makeTombstone({ ...topic, former: ['t0'], total: 3 })).to.deep.include({
      id: topic.id,
      templates: ['t1', 't0'],
      total: 3,
      first: 5,
    });
  });
});

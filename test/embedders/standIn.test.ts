import { expect } from 'chai';
import { standInVector } from '../../src/embedders/standIn.ts';
import { unitVector } from '../../src/embedders/unitVector.ts';
import { similarity } from '../../src/embedders/vectorStore.ts';
import { LEXICAL_DIMENSION } from '../../src/memory/lexical.ts';

describe('vectors that stand in', () => {
  for (const dimension of [null, LEXICAL_DIMENSION, 512])
    it(`are never comparable with a model's of length ${dimension}, and are with each other`, () => {
      const vector = standInVector('disk full on node', dimension);
      expect(similarity(vector, standInVector('disk full on node', dimension))).to.be.closeTo(1, 1e-6);
      if (dimension !== null) expect(similarity(vector, new Float32Array(dimension).fill(1))).to.equal(null);
    });
});

describe('unitVector', () => {
  it('keeps the direction', () => expect([...unitVector([3, 4])!].map((x) => x.toFixed(3))).to.deep.equal(['0.600', '0.800']));
  it('leaves zeros', () => expect([...unitVector([0, 0])!]).to.deep.equal([0, 0]));
  it('refuses what is not finite', () => {
    expect(unitVector([1, Number.NaN])).to.equal(null);
    expect(unitVector([1e200, 1])).to.equal(null);
  });
});

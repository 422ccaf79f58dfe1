import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { areaUnderCurve, bestThreshold, judgeAt, parsePairs, type ScoredPair } from '../../src/embedders/evaluatePairs.ts';
import { contentWords } from '../../src/memory/text/contentWords.ts';

const scored = (...pairs: [cosine: number, same: 0 | 1][]): ScoredPair[] =>
  pairs.map(([cosine, same]) => ({ a: 'a', b: 'b', cosine, same: same === 1 }));

describe('areaUnderCurve', () => {
  it('is 1 when every pair of the same scores higher, 0 when lower, 0.5 when all score alike', () => {
    expect(areaUnderCurve(scored([0.9, 1], [0.8, 1], [0.1, 0]))).to.equal(1);
    expect(areaUnderCurve(scored([0.1, 1], [0.2, 0]))).to.equal(0);
    expect(areaUnderCurve(scored([0.5, 1], [0.5, 0], [0.5, 0]))).to.equal(0.5);
    expect(areaUnderCurve(scored([0.5, 1]))).to.equal(null);
  });

  it('is the share of couples in the right order, equal ones half', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom<0 | 1>(0, 1)), { maxLength: 20 }), (pairs) => {
        const all = scored(...pairs);
        const couples = all.filter((p) => p.same).flatMap((p) => all.filter((q) => !q.same).map((q) => Math.sign(p.cosine - q.cosine)));
        const expected = couples.length === 0 ? null : couples.reduce((sum, sign) => sum + (sign + 1) / 2, 0) / couples.length;
        if (expected === null) expect(areaUnderCurve(all)).to.equal(null);
        else expect(areaUnderCurve(all)).to.be.closeTo(expected, 1e-12);
      }),
    ));
});

describe('judgeAt', () => {
  const pairs = scored([0.9, 1], [0.8, 0], [0.7, 1], [0.2, 1]);

  it('counts what is taken, right and found', () => {
    expect(judgeAt(pairs, 0.7)).to.deep.include({ precision: 2 / 3, recall: 2 / 3 });
    expect(judgeAt(pairs, 0.95)).to.deep.equal({ threshold: 0.95, precision: null, recall: 0, f1: 0 });
    expect(judgeAt(pairs, 0, () => false)).to.deep.include({ precision: null, recall: 0 });
  });

  it('finds the threshold with the best F1', () => expect(bestThreshold(pairs).threshold).to.equal(0.2));
});

describe('parsePairs', () => {
  it('reads two texts and 0 or 1, and skips what is empty or a remark', () =>
    expect(parsePairs('# remark\na\tb\t1\r\n\nc\td\t0\n')).to.deep.equal([
      { a: 'a', b: 'b', same: true },
      { a: 'c', b: 'd', same: false },
    ]));

  for (const line of ['a\tb', 'a\tb\t2', '\tb\t1', 'a\tb\t1\tmore'])
    it(`names the line that is ${JSON.stringify(line)}`, () => expect(() => parsePairs(`a\tb\t1\n${line}`)).to.throw('line 2'));
});

describe('the shipped pairs', () => {
  const pairs = parsePairs(readFileSync('fixtures/pairs.tsv', 'utf8'));
  const different = pairs.filter((pair) => !pair.same);

  it('are 200 or more, half of them different events, none twice', () => {
    expect(pairs.length).to.be.at.least(200);
    expect(different.length).to.equal(pairs.length / 2);
    expect(new Set(pairs.map(({ a, b }) => `${a}\t${b}`)).size).to.equal(pairs.length);
  });

  it('share words where the events are different', () => {
    const shared = ({ a, b }: { a: string; b: string }) => contentWords(a).filter((word) => contentWords(b).includes(word)).length;
    expect(different.filter((pair) => shared(pair) === 0).map(({ a, b }) => [a, b])).to.deep.equal([]);
  });
});

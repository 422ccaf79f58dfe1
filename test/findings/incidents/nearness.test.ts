import { expect } from 'chai';
import fc from 'fast-check';
import { scoreNearness, weighPatterns } from '../../../src/findings/incidents/nearness.ts';

const even = () => 1;
const of = (text: string) => ({ patterns: text.split('') });
const patterns = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 }).map((list) => ({ patterns: list }));

describe('how near two incidents are', () => {
  it('is 1 for the same one, 0 where nothing is in common, and between them else', () => {
    expect(scoreNearness(of('abc'), of('abc'), even)).to.equal(1);
    expect(scoreNearness(of('abc'), of('xyz'), even)).to.equal(0);
    expect(scoreNearness(of('a'), of('a'), even)).to.equal(1);
    expect(scoreNearness(of(''), of('a'), even)).to.equal(0);
    fc.assert(fc.property(patterns, patterns, (a, b) => void expect(scoreNearness(a, b, even)).to.be.within(0, 1)));
  });

  it('is the same from either side', () => {
    fc.assert(
      fc.property(patterns, patterns, (a, b) => void expect(scoreNearness(a, b, even)).to.be.closeTo(scoreNearness(b, a, even), 1e-9)),
    );
  });

  it('is more where it began in the same order', () => {
    expect(scoreNearness(of('abc'), of('abc'), even)).to.be.above(scoreNearness(of('abc'), of('acb'), even));
    expect(scoreNearness(of('abc'), of('acb'), even)).to.be.above(scoreNearness(of('abc'), of('cba'), even));
  });

  it('counts what is part of every incident less than what is rare', () => {
    const past = [of('zab'), of('zcd'), of('zef'), of('zgh')];
    const weigh = weighPatterns(past);
    expect(weigh('z')).to.be.below(weigh('a'));
    expect(scoreNearness(of('za'), past[0]!, weigh)).to.be.above(scoreNearness(of('zx'), past[0]!, weigh) * 2);
  });
});

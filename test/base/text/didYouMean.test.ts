import { expect } from 'chai';
import { didYouMean, meantOrKnown, nearestWord } from '../../../src/base/text/didYouMean.ts';

describe('the word that was meant', () => {
  const known = ['radar', 'run', 'validate'];
  it('is the nearest, up to a third of its letters away', () => {
    expect(nearestWord('radr', known)).to.equal('radar');
    expect(nearestWord('valdiate', known)).to.equal('validate');
    expect(nearestWord('explain', known)).to.equal(null);
    expect(nearestWord('radar', [])).to.equal(null);
  });

  it('goes first where two letters changed places', () => {
    expect(nearestWord('rnu', ['rnd', 'run'])).to.equal('run');
  });

  it('is asked for in one sentence; where none is near, all there are stand in its place', () => {
    expect(didYouMean('radr', known)).to.equal('did you mean "radar"?');
    expect(didYouMean('explain', known)).to.equal(null);
    expect(meantOrKnown('radr', known)).to.equal('did you mean "radar"?');
    expect(meantOrKnown('explain', known, 'commands')).to.equal('commands: radar, run, validate');
    expect(meantOrKnown('explain', [])).to.equal('known: none');
  });
});

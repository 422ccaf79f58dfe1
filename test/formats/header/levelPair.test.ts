import { expect } from 'chai';
import { levelPair } from '../../../src/formats/header/levelPair.ts';
import { levelInside } from '../../../src/formats/header/levelInside.ts';

describe('a pair that gives the level', () => {
  it('is found at its sign, blanks and quotes around it or not', () => {
    expect(levelPair('x level=error', 7)).to.equal('error');
    expect(levelPair('at=warn y', 2)).to.equal('warn');
    expect(levelPair('a,Severity : "Critical"', 11)).to.equal('Critical');
  });

  it('is none behind another name or with another value', () => {
    expect(levelPair('sublevel=error', 8)).to.equal('');
    expect(levelPair('level=seven', 5)).to.equal('');
    expect(levelPair('what=error', 4)).to.equal('');
  });

  it('gives way to a level that signs set off', () => {
    expect(levelInside('x at=warn | fatal: y')).to.equal('fatal');
    expect(levelInside(`${'x'.repeat(150)} level=error`)).to.equal('error');
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { levels } from '../../../src/event.ts';
import { gravestWord, scoreSeverity } from '../../../src/memory/text/severity.ts';

describe('the gravest word of a text', () => {
  const cases: [text: string, word: string | null, bits?: number][] = [
    ['all is well', null],
    ['request failed', 'failed', 2],
    ['retry: disk corrupted', 'corrupted', 3],
    ['failed, then error', 'failed', 2],
    ['java.io.IOException: gone', 'Exception', 2],
    ['OOM killed the job', 'OOM', 3],
    ['TIMEOUT', 'TIMEOUT', 1],
    ['errorless terror', null],
    ['failure2', 'failure', 2],
    ['', null],
  ];
  for (const [text, word, bits] of cases)
    it(`is ${word ?? 'none'} in ${JSON.stringify(text)}`, () => {
      expect(gravestWord(text)).to.deep.equal(word === null ? null : { word, bits });
    });
});

describe('bits of severity', () => {
  it('are those of the level and of the word', () => {
    const word = { word: 'panic', bits: 3 };
    expect(scoreSeverity('INFO', null, 0, 0)).to.deep.equal({ bits: 0, word: null, share: null });
    expect(scoreSeverity('ERROR', word, 0, 0)).to.deep.equal({ bits: 9, word: 'panic', share: null });
    expect(scoreSeverity(null, word, 5, 10).bits).to.equal(3);
  });

  it('are more where such a level is rare in its group, and no more where each line has it', () => {
    const bits = (asGrave: number) => scoreSeverity('ERROR', null, asGrave, 1000).bits;
    expect(bits(1000)).to.equal(6);
    expect(bits(1)).to.be.greaterThan(bits(100));
    expect(bits(0)).to.be.at.most(11);
  });

  it('of a level below WARN never depend on how rare it is', () => {
    for (const level of ['TRACE', 'DEBUG', 'INFO'] as const)
      expect(scoreSeverity(level, null, 1, 1e6)).to.include({ bits: 0, share: null });
  });

  it('lie between nothing and what level, word and rarity are worth at most', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.nat(1e6), fc.nat(1e6), (level, some, more) => {
        const { bits, share } = scoreSeverity(level, { word: 'panic', bits: 3 }, some, some + more);
        expect(bits).to.be.within(0, 16);
        if (share !== null) expect(share).to.be.within(0, 1);
      }),
    );
  });
});

describe('severity', () => {
  it('finds the gravest word, also inside compounds', () => {
    expect(gravestWord('writeBlock received java.io.IOException: timeout')).to.deep.equal({
      word: 'Exception',
      bits: 2,
    });
    expect(gravestWord('Disk failure on dn2')).to.deep.equal({ word: 'failure', bits: 2 });
    expect(gravestWord('kernel panic after error')).to.deep.equal({ word: 'panic', bits: 3 });
    expect(gravestWord('terror in the failing_test')).to.deep.equal({ word: 'failing', bits: 2 });
    expect(gravestWord('Received block of size')).to.equal(null);
  });

  it('takes names that every object has for words like any other', () => {
    expect(gravestWord('constructor __proto__ toString hasOwnProperty')).to.equal(null);
  });

  it('grows with the level', () => {
    const worth = ([null, 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const).map((level) => scoreSeverity(level, null, 0, 0).bits);
    expect(worth).to.deep.equal([0, 0, 0, 3, 6, 8]);
  });

  it('is more where such a level is rare in the group, and at most five bits more', () => {
    expect(scoreSeverity('ERROR', null, 900, 1000).bits).to.equal(6);
    expect(scoreSeverity('ERROR', null, 10, 1000).bits).to.be.within(9, 10);
    expect(scoreSeverity('ERROR', null, 0, 1e6)).to.include({ bits: 11, share: 0 });
    expect(scoreSeverity('INFO', null, 0, 1e6).bits).to.equal(0);
  });
});

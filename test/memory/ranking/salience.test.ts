import { expect } from 'chai';
import fc from 'fast-check';
import { closeNoveltyWindow, newPerWindow, scoreNovelty, startNovelty } from '../../../src/memory/rates/novelty.ts';
import { addBits, computeScore } from '../../../src/memory/ranking/salience.ts';
import { gravestWord, scoreSeverity } from '../../../src/memory/text/severity.ts';
import { chooseStateWord } from '../../../src/memory/judge/stateWord.ts';
import { hasMoved, startMoves, togetherBits, updateMoves } from '../../../src/memory/ranking/together.ts';

const bits = fc.double({ min: 0, max: 60, noNaN: true });
const terms = fc.record({ surprise: bits, burst: bits, novelty: bits, severity: bits, together: bits });

describe('salience', () => {
  it('adds the larger of surprise and burst to the rest', () => {
    const sum = addBits({ surprise: 21.9, burst: 24.3, novelty: 9.1, severity: 6, together: 7.2 });
    expect(sum.total).to.be.closeTo(46.6, 1e-9);
    expect(Math.round(computeScore(sum.total))).to.equal(96);
  });

  it('never falls as a term grows', () => {
    fc.assert(
      fc.property(terms, fc.constantFrom('surprise', 'burst', 'novelty', 'severity', 'together'), bits, (base, term, more) => {
        expect(addBits({ ...base, [term]: base[term as keyof typeof base] + more }).total).to.be.at.least(addBits(base).total);
      }),
    );
  });

  it('scores 0 for nothing, 50 for ten bits, and stays within 100', () => {
    expect([0, 10, 20, 1e6, -3].map(computeScore)).to.deep.equal([0, 50, 75, 100, 0]);
  });
});

describe('novelty', () => {
  it('is small while everything is new and grows with what was seen without anything new', () => {
    const rate = startNovelty();
    expect(scoreNovelty(rate)).to.equal(1);
    rate.founded = 10;
    const bitsAfter = [10, 100, 1000].map((events) => scoreNovelty({ ...rate, events }));
    expect(bitsAfter[0]).to.be.below(0.2);
    expect(bitsAfter[1]).to.be.closeTo(3.3, 0.1);
    expect(bitsAfter[2]).to.be.closeTo(6.6, 0.1);
  });

  it('is bounded by twelve bits', () => expect(scoreNovelty({ founded: 1, events: 1e9, later: 0, windows: 1e6 })).to.equal(12));

  it('is discounted where the group makes new topics all the time', () => {
    const calm = { founded: 10, events: 1e5, later: 0, windows: 200 };
    expect(scoreNovelty({ ...calm, later: 600 })).to.be.below(0.1);
    expect(scoreNovelty({ ...calm, later: 2 })).to.be.within(5, 8);
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (later, more) => {
        expect(scoreNovelty({ ...calm, later: later + more })).to.be.at.most(scoreNovelty({ ...calm, later }) + 1e-9);
      }),
    );
  });

  it('counts new topics a window, faded', () => {
    const rate = startNovelty();
    for (let i = 0; i < 9; i++) closeNoveltyWindow(rate, 2, 1);
    expect(newPerWindow(rate)).to.be.closeTo(1.8, 1e-9);
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

describe('the state word', () => {
  const calm = { count: 5, isNew: false, isBack: false, isRare: false, above: 0, below: 0 };
  it('is one word, new before returning before rising', () => {
    expect(chooseStateWord(calm)).to.equal('steady');
    expect(chooseStateWord({ ...calm, above: 3 })).to.equal('rising');
    expect(chooseStateWord({ ...calm, below: 3 })).to.equal('falling');
    expect(chooseStateWord({ ...calm, isBack: true, above: 9 })).to.equal('returning');
    expect(chooseStateWord({ ...calm, isNew: true, isBack: true, above: 9 })).to.equal('new');
    expect(chooseStateWord({ ...calm, count: 0, below: 9 })).to.equal('gone');
    expect(chooseStateWord({ ...calm, count: 0 })).to.equal('steady');
    expect(chooseStateWord({ ...calm, above: 2.99 })).to.equal('steady');
    expect([chooseStateWord({ ...calm, isRare: true }), chooseStateWord({ ...calm, isRare: true, above: 3 })]).to.deep.equal([
      'rare',
      'rising',
    ]);
  });
});

describe('co-occurrence', () => {
  const usual = startMoves();
  for (let i = 0; i < 50; i++) updateMoves(usual, 1, 40);

  it('is worth more the more move, and the rarer that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(50), (others, more) => {
        expect(togetherBits(usual, others + more, 300)).to.be.at.least(togetherBits(usual, others, 300) - 1e-9);
        expect(togetherBits(usual, others, 300)).to.be.within(0, 8);
      }),
    );
    expect(togetherBits(usual, 5, 40)).to.be.above(2);
    expect(togetherBits(usual, 2, 40)).to.equal(0);
    expect(togetherBits(usual, 1, 400)).to.equal(0);
  });

  it('is nothing alone, and nothing before three windows', () => {
    expect(togetherBits(usual, 0, 40)).to.equal(0);
    expect(togetherBits(startMoves(), 9, 9)).to.equal(0);
  });

  it('counts as moved only what has bits behind its word', () => {
    const of = (surprise: number, novelty: number) => ({ surprise, burst: 0, novelty });
    expect(hasMoved('new', of(0, 1))).to.equal(false);
    expect(hasMoved('new', of(0, 8))).to.equal(true);
    expect(hasMoved('steady', of(9, 0))).to.equal(false);
    expect(hasMoved('gone', of(4, 0))).to.equal(true);
  });
});

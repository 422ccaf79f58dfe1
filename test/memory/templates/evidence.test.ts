import { expect } from 'chai';
import {
  isValue,
  sameButNames,
  sameButRare,
  sameButWords,
  takesRuns,
  valueMembers,
  type Doubted,
} from '../../../src/memory/templates/evidence.ts';
import { makeSkeleton, type Doubts } from '../../../src/memory/templates/skeleton.ts';
import { foundTemplate, foundTemplates } from '../../support/memory/templates.ts';

const words = [
  'red',
  'blue',
  'green',
  'white',
  'black',
  'pink',
  'brown',
  'grey',
  'gold',
  'teal',
  'navy',
  'plum',
  'rose',
  'mint',
  'lime',
  'sand',
];
/** How many different words in a place make it a value. */
function enough(line: (word: string) => string, position: number, given: readonly string[] = words): number | null {
  const count = given.findIndex((_, i) => i > 0 && isValue(foundTemplates(...given.slice(0, i + 1).map(line)), position));
  return count < 0 ? null : count + 1;
}

describe('a place in which templates differ', () => {
  const cases: [what: string, line: (word: string) => string, position: number, enough: number | null][] = [
    ['in a sentence', (word) => `paint turned ${word} today`, 2, 6],
    ['at the beginning', (word) => `${word} paint is dry`, 0, 16],
    ['in a field', (word) => `paint color=${word}, dry`, 2, 4],
    ['in quotes', (word) => `paint "${word}" is dry`, 1, 2],
    ['behind a noun', (word) => `user ${word} left`, 1, 3],
  ];
  for (const [what, line, position, many] of cases)
    it(`${what} is a value from ${many} words on`, () => expect(enough(line, position)).to.equal(many));

  it('needs fewer names than words in a field, and two answers or letters', () => {
    expect(enough((word) => `paint id=${word}, dry`, 2, ['a.red', 'b.blue', 'c.green'])).to.equal(3);
    expect(enough((word) => `paint dry=${word}, done`, 2, ['yes', 'no'])).to.equal(2);
    expect(enough((word) => `link [${word}] up`, 1, ['LNKA', 'LNKB'])).to.equal(2);
  });

  it('is none where most words say how something ended', () => {
    const outcomes = ['started', 'stopped', 'failed', 'completed', 'aborted', 'expired', 'resumed'];
    expect(enough((word) => `the job has ${word} today`, 3, outcomes)).to.equal(null);
  });

  it('is none where nothing else is constant', () => {
    expect(isValue(foundTemplates(...words.slice(0, 8)), 0)).to.equal(false);
  });
});

describe('members that become one', () => {
  it('are all of them outside of paths', () => {
    const members = foundTemplates('user ann left', 'user bob left');
    expect(valueMembers(members, 1)).to.deep.equal(members);
  });
});

const doubted = (doubts: Doubts, ...lines: string[]): Doubted[] =>
  foundTemplates(...lines).map((template) => ({ template, skeleton: makeSkeleton(template, doubts, (hash) => hash !== 0) }));

describe('templates with one skeleton', () => {
  it('of names are one from three names on, of numbered names from two', () => {
    expect(sameButNames(doubted('names', 'load a.b by c.d', 'load e.f by g.h'))).to.have.length(0);
    expect(sameButNames(doubted('names', 'load a.b by c.d', 'load e.f by g.h', 'load i.j by k.l'))).to.have.length(3);
    expect(sameButNames(doubted('names', 'disk dn1 of eth0', 'disk dn2 of eth1'))).to.have.length(2);
  });

  it('of words are one where a field took four of them', () => {
    const lines = (many: number) => words.slice(0, many).map((word, i) => `set color=${word} of name=${words[i + 5]}`);
    expect(sameButWords(doubted('words', ...lines(3)))).to.equal(false);
    expect(sameButWords(doubted('words', ...lines(4)))).to.equal(true);
  });

  it('of rare words are one where a dozen lines have a frame and nothing else in common', () => {
    const frame = (many: number) =>
      foundTemplates(...words.slice(0, many).map((word) => `song ${word} begins to play`)).map((template): Doubted => ({
        template,
        skeleton: makeSkeleton(template, 'rare', (hash) => hash === template.hashes[1]),
      }));
    expect(sameButRare(frame(11))).to.have.length(0);
    expect(sameButRare(frame(12))).to.have.length(12);
  });
});

describe('an open template', () => {
  it('takes runs of words only where it has held some, or they are wrapped', () => {
    const open = foundTemplate('song red begins');
    open.open(1, 8);
    const line = (text: string): Doubted => {
      const template = foundTemplate(text);
      return { template, skeleton: makeSkeleton(template, 'rare', (hash) => !open.hashes.includes(hash)) };
    };
    expect(takesRuns(open, line('song blue begins'))).to.equal(true);
    expect(takesRuns(open, line('song dark blue begins'))).to.equal(false);
    for (const text of ['dark blue', 'light red']) open.slots[1]!.add(text, text.charCodeAt(0), 0);
    expect(takesRuns(open, line('song dark blue begins'))).to.equal(true);
  });
});

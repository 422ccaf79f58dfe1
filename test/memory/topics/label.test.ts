import { expect } from 'chai';
import { extractKeywords, makeLabel, makePattern } from '../../../src/memory/topics/label.ts';
import { learnTemplate } from '../../support/memory/templates.ts';

describe('patternOf', () => {
  const table: [what: string, lines: string[], pattern: string][] = [
    [
      'names the types of values',
      ['Received block blk_1234 of size 5 from /10.0.0.1', 'Received block blk_5678 of size 6 from /10.0.0.2'],
      'Received block <id> of size <n> from <ip>',
    ],
    [
      'prints a value that never changed',
      ['Disk failure on dn2, volume /data/3', 'Disk failure on dn2, volume /data/4'],
      'Disk failure on dn2, volume <path>',
    ],
    ['types a number seen once', ['tried 3 times'], 'tried <n> times'],
    ['prints a number seen again and again', ['tried 3 times', 'tried 3 times'], 'tried 3 times'],
    ['prints a name with a number seen once', ['lost dn2'], 'lost dn2'],
    ['keeps marks and spaces', ['a=1, b="2" [c]', 'a=3, b="4" [c]'], 'a=<n>, b="<n>" [c]'],
    ['writes nothing for an empty value', ['ruser= rhost=h1', 'ruser= rhost=h2'], 'ruser= rhost=<host>'],
    [
      'leaves out the further records of a list',
      ['fans a1 0x1 <ok> a2 0x2 <ok>', 'fans a1 0x3 <ok> a2 0x4 <ok> a3 0x5 <ok>'],
      'fans a1 <id> <ok …',
    ],
    ['says nothing of what is mixed', ['user 12 in', 'user bob in'], 'user <*> in'],
    [
      'types times, mail, booleans and URLs',
      ['at 01:02:03 true mail to a@b.org see http://x/1', 'at 01:02:04 false mail to c@b.org see http://x/2'],
      'at <*> mail to <email> see <url>',
    ],
  ];
  for (const [what, lines, pattern] of table) it(what, () => expect(makePattern(learnTemplate(...lines))).to.equal(pattern));
});

describe('labelOf', () => {
  it('is the pattern on one line', () => expect(makeLabel(learnTemplate('  two\n\twords  '))).to.equal('two words'));
  it('is cut at a word when it is long', () => {
    const label = makeLabel(learnTemplate('something rather long '.repeat(12)));
    expect(label.length).to.be.at.most(96);
    expect(label).to.match(/ (something|rather|long)…$/);
  });
  it('cuts a single long word', () => expect(makeLabel(learnTemplate('x'.repeat(300)))).to.equal(`${'x'.repeat(95)}…`));
  it('has a word for nothing', () => expect(makeLabel(learnTemplate(''))).to.equal('(empty)'));
});

describe('keywordsOf', () => {
  it('gives the leading pair and the word it turns on', () => {
    const template = learnTemplate('Receiving block blk_1234 src: /10.0.0.1:5 dest: /10.0.0.2:6');
    expect(extractKeywords(template, 2)).to.deep.equal(['receiving block', 'block']);
    expect(extractKeywords(template, 5)).to.deep.equal(['receiving block', 'block', 'receiving', 'src', 'dest']);
  });
  it('leaves out words that say nothing', () => expect(extractKeywords(learnTemplate('the end of it'), 3)).to.deep.equal(['end']));
  it('has none for values alone', () => expect(extractKeywords(learnTemplate('12 34'))).to.deep.equal([]));
});

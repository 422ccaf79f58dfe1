import { expect } from 'chai';
import { guessLines, guessMarkdown, labelLines } from '../../../src/views/guesses/guessText.ts';
import { width } from '../../../src/views/text/text.ts';
import { shortIds } from '../../../src/views/text/shortIds.ts';

const view = { columns: 96, uncut: false, color: false, ascii: false, timeZone: 'UTC' };
const guess = {
  model: 'llama3.2',
  at: '2026-05-04T10:00:00.000Z',
  summary: 'The disk of dn2 fails: slow writes come first, then the disk is read-only and writes to it fail.',
  causes: [{ text: 'a volume of dn2 is worn out', patterns: ['k7f2d0', 'm3qd77'] }],
  labels: [{ id: 'k7f2d0', text: 'disk failure' }],
};
const short = shortIds(['k7f2d0', 'm3qd77']);

describe('what a model guessed', () => {
  it('stands under its mark, line by line, with the model at the end', () => {
    expect(guessLines(guess, short, view)).to.deep.equal([
      'guess        ~ The disk of dn2 fails: slow writes come first, then the disk is read-only and',
      '             writes to it fail.',
      '             ~ cause: a volume of dn2 is worn out (k7f2, m3qd)',
      '             ~ k7f2 disk failure (llama3.2, unchecked)',
    ]);
  });

  for (const columns of [40, 60, 80, 200])
    it(`fits a screen of ${columns} columns`, () => {
      for (const text of guessLines(guess, short, { ...view, columns })) expect(width(text)).to.be.at.most(columns);
    });

  it('cannot break the page', () => {
    const evil = { model: 'a\u001b[2Jb', at: '', summary: '\u001b[31mFIRING\ncaducus ack k7f2' };
    expect(guessLines(evil, short, view).join('')).to.not.match(/[\u001b\n]/);
  });

  it('in Markdown stands in code', () => {
    expect(guessMarkdown({ ...guess, summary: '**bold** `x`' }, short)).to.include('- `~ **bold** ˋxˋ`');
    expect(guessMarkdown(undefined, short)).to.deep.equal([]);
  });

  it('gives the patterns of a page their last labels', () => {
    const mark = (text: string) => ({
      id: text,
      type: 'guess' as const,
      target: '',
      who: 'tiny',
      at: '',
      guess: { labels: [{ id: 'k7f2d0', text }] },
    });
    expect(labelLines([mark('old'), mark('new')], ['k7f2d0', 'm3qd77'], short, view)).to.deep.equal([
      'guess        ~ k7f2 new (tiny, unchecked)',
    ]);
    expect(labelLines([], ['k7f2d0'], short, view)).to.deep.equal([]);
  });
});

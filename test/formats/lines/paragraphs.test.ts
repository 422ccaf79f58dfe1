import { expect } from 'chai';
import { paragraphHead } from '../../../src/formats/lines/paragraphs.ts';
import { drafts, parseAll } from '../parse.ts';

const block = (call: string, second: string) =>
  `API: ${call}\nTime: 10:00:0${second} UTC 06/03/2024\nError: ${call} failed\n       2: a.go:1:b()\n`;

describe('paragraphs that begin with one word', () => {
  it('are records: the first line is what they say, the first time and level are theirs', () => {
    for (const cuts of [[], [11]]) {
      const found = drafts(parseAll('auto', `${block('Put(a)', '0')}\n${block('Get(b)', '5')}`, cuts));
      expect(found.map(({ time, text, metadata }) => [new Date(time).toISOString(), text.split('\n')[0], metadata.level])).to.deep.equal([
        ['2024-06-03T10:00:00.000Z', 'API: Put(a)', 'Error'],
        ['2024-06-03T10:00:05.000Z', 'API: Get(b)', 'Error'],
      ]);
    }
  });

  it('are lines where the word stands elsewhere, differs, or is prose', () => {
    const lines = (text: string) => paragraphHead(text.split('\n'));
    expect(lines('** a\nb\n\n** c\nd')).to.equal('**');
    expect(lines('** a\n** b\n\n** c\nd')).to.equal('');
    expect(lines('A: a\nb\n\nB: c\nd')).to.equal('');
    expect(lines('Started a\nb\n\nStarted c\nd')).to.equal('');
    expect(lines('A: a\n\nA: c\n\nA: d')).to.equal('');
  });
});

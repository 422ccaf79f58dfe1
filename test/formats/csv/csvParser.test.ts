import { expect } from 'chai';
import type { ParserPosition } from '../../../src/formats/format.ts';
import { CsvParser, guessDelimiter, savedRows, separatorLine, type CsvParserOptions } from '../../../src/formats/csv/csvParser.ts';
import { bytesOf, drafts, refusals, texts } from '../parse.ts';

/** A parser whose rows are the columns and cells as text: `a=1 b=2`; a row with `!` is refused. */
function parser(options: Partial<CsvParserOptions> = {}, from: ParserPosition | null = null) {
  return new CsvParser(
    {
      delimiter: ',',
      maxLineBytes: 100,
      rows: (columns) => (cells) =>
        cells.includes('!') ? 'not that' : { time: 0, text: columns.map((name, i) => `${name}=${cells[i]}`).join(' '), metadata: {} },
      save: () => 'rows',
      ...options,
    },
    {},
    from,
  );
}
const read = (text: string, options: Partial<CsvParserOptions> = {}) => {
  const one = parser(options);
  return [...one.push(bytesOf(text)), ...one.end()];
};

describe('rows of CSV', () => {
  it('have the delimiter that the first line uses most', () => {
    expect(['a,b;c;d', 'a\tb', 'a|b|c', 'a'].map(guessDelimiter)).to.deep.equal([';', '\t', '|', ',']);
    expect(['sep=;', '"sep=|"', 'sep=;;', 'sep'].map((line) => separatorLine.exec(line)?.[1])).to.deep.equal([
      ';',
      '|',
      undefined,
      undefined,
    ]);
  });

  it('take the delimiter that a line in front names', () => {
    expect(texts(read('sep=|\na|b\n1|2\n', { delimiter: 'auto' }))).to.deep.equal(['a=1 b=2']);
  });

  it('have columns with a name of their own each', () => {
    expect(texts(read('a,,a,a\n1,2,3,4\n'))).to.deep.equal(['a=1 column_2=2 a_2=3 a_3=4']);
  });

  it('are numbered where the first row is none of names', () => {
    expect(texts(read('1,2\n3,4\n', { isHeader: () => false }))).to.deep.equal(['column_1=1 column_2=2', 'column_1=3 column_2=4']);
  });

  it('are refused where they have more or fewer cells than names, unless the reader takes any', () => {
    const [refusal] = refusals(read('a,b\n1\n'));
    expect(refusal).to.include({ reason: '1 columns where the header has 2', line: 2, original: '1' });
    expect(texts(read('a,b\n1\n', { ragged: true }))).to.deep.equal(['a=1 b=undefined']);
  });

  it('are held until so many are there, and those that are refused stay in their order', () => {
    const one = parser({ sampleRows: 2 });
    expect(one.push(bytesOf('a\n1\n'))).to.deep.equal([]);
    expect(one.position()).to.deep.include({ offset: 2, line: 1 });
    const items = [...one.push(bytesOf('!\n3\n')), ...one.end()];
    expect(items.map(({ kind, line }) => [kind, line])).to.deep.equal([
      ['draft', 2],
      ['refusal', 3],
      ['draft', 4],
    ]);
  });

  it('have one more column where most of the first rows do', () => {
    expect(texts(read('a\n1,x\n2,y\n', { ragged: true, sampleRows: 8 }))).to.deep.equal(['a=1 column_2=x', 'a=2 column_2=y']);
  });

  it('get new columns where a line between them names some', () => {
    const directive = (line: string) => (line.startsWith('#') ? { columns: line.slice(1).split(' ') } : null);
    expect(texts(read('#a b\n1,2\n#c\n3\n', { directive, ragged: true, sampleRows: 8 }))).to.deep.equal(['a=1 b=2', 'c=3']);
  });

  it('that are too long are refused, and close what stands open before them', () => {
    const items = read(`a\n"open\n${'x'.repeat(101)}\n2\n`);
    expect(refusals(items).map(({ line }) => line)).to.deep.equal([2, 3]);
    expect(texts(items)).to.deep.equal(['a=2']);
  });

  it('go on from a position with the columns and the state of their reader', () => {
    const one = parser();
    expect(drafts(one.push(bytesOf('a,b\n1,2\n3,'))).map(({ text }) => text)).to.deep.equal(['a=1 b=2']);
    const position = JSON.parse(JSON.stringify(one.position())) as ParserPosition;
    expect(position).to.deep.include({ offset: 8, line: 2 });
    expect(savedRows(position)).to.equal('rows');
    expect(savedRows(null)).to.equal(null);
    const two = parser({}, position);
    expect(texts([...two.push(bytesOf('3,4\n')), ...two.end()])).to.deep.equal(['a=3 b=4']);
  });
});

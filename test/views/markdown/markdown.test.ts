import { expect } from 'chai';
import fc from 'fast-check';
import { blocks, code, fence, link, markdownTable } from '../../../src/views/markdown/markdown.ts';
import { outsideCode, splitCells } from './cells.ts';

const nasty = fc.string({
  unit: fc.constantFrom('`', '```', '|', '\\', '\\|', '\n', '<', '@here', '![x](y)', ' ', 'a', '\u202e', '~~~', '#'),
});

describe('markdown', () => {
  it('text from outside stays in its code span, on its line (property)', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const written = code(text);
        expect(outsideCode(written)).to.equal('');
        expect(written).not.to.match(/[\n\u202e]/);
      }),
    );
  });

  it('no text makes a cell more or less, and none leaves its cell (property)', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (texts) => {
        const [head, rule, row] = markdownTable(
          texts.map(() => ({ head: 'h' })),
          [texts.map(code)],
        );
        expect([head, rule].map((line) => splitCells(line!).length)).to.deep.equal([texts.length, texts.length]);
        const cells = splitCells(row!);
        expect(cells).to.have.length(texts.length);
        for (const cell of cells) expect(outsideCode(cell).trim()).to.equal('');
      }),
    );
  });

  it('no line ends a fence (property)', () => {
    fc.assert(
      fc.property(fc.array(nasty), (lines) => {
        const [first, ...rest] = fence(lines);
        expect([first, rest.at(-1)]).to.deep.equal(['```text', '```']);
        expect(rest.slice(0, -1)).to.have.length(lines.length);
        for (const line of rest.slice(0, -1)) expect(line).not.to.contain('```').and.not.to.contain('\n');
      }),
    );
  });

  const addresses: [string, string][] = [
    ['https://tracker.example/INC-1?a=b&c', '<https://tracker.example/INC-1?a=b&c>'],
    ['javascript:alert(1)', '`javascript:alert(1)`'],
    ['https://a.example/> <script>', '`https://a.example/> <script>`'],
    ['https://a.example/|x', '`https://a.example/|x`'],
  ];
  for (const [address, written] of addresses) it(`${address} is written ${written}`, () => expect(link(address)).to.equal(written));

  it('blocks stand apart, empty ones are none', () => {
    expect(blocks(['a'], [], ['b', 'c'])).to.deep.equal(['a', '', 'b', 'c']);
    expect(markdownTable([{ head: 'n', align: 'right' }], [])).to.deep.equal([]);
    expect(markdownTable([{ head: 'n', align: 'right' }], [['1']])).to.deep.equal(['| n |', '|--:|', '| 1 |']);
  });
});

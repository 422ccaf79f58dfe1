import { expect } from 'chai';
import fc from 'fast-check';
import { commands, cutTo, flow, heading, headingFits } from '../../../src/views/text/layout.ts';
import { width } from '../../../src/views/text/text.ts';
import { plainView } from '../../support/views/plainView.ts';

const wide = (columns: number) => ({ ...plainView, columns });

describe('a heading', () => {
  it('ends at column 90 however wide the screen is', () => {
    for (const columns of [96, 200]) expect(heading(['LEFT'], ['right'], wide(columns)).map(width)).to.deep.equal([90]);
    expect(heading(['LEFT'], ['right'], wide(20))).to.deep.equal(['LEFT           right']);
  });

  it('takes two lines where two blanks do not fit in between', () => {
    expect(headingFits(['LEFT'], ['right'], wide(11))).to.equal(true);
    expect(heading(['LEFT'], ['right'], wide(11))).to.deep.equal(['LEFT  right']);
    expect(headingFits(['LEFT'], ['right'], wide(10))).to.equal(false);
    expect(heading(['LEFT'], ['right'], wide(10))).to.deep.equal(['LEFT', 'right']);
  });
});

describe('parts that flow', () => {
  it('go on the next line, indented, where the line has no room', () => {
    expect(flow([['aaa'], ['bbb'], ['ccc']], wide(8))).to.deep.equal(['aaa  bbb', 'ccc']);
    expect(flow([['aaa'], ['bbb'], ['ccc']], wide(7), { gap: 1, indent: 2 })).to.deep.equal(['aaa bbb', '  ccc']);
    expect(flow([], wide(8))).to.deep.equal([]);
  });

  it('do not begin a line with a blank', () => {
    expect(flow([['aaaa'], [' bbbb']], wide(6))).to.deep.equal(['aaaa', 'bbbb']);
  });

  it('keep every part whole and in order where each has room alone (property)', () => {
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '日'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 12, max: 40 }), (parts, columns) => {
        const lines = flow(
          parts.map((text) => [text]),
          wide(columns),
        );
        expect(lines.flatMap((text) => text.split('  '))).to.deep.equal(parts);
        for (const text of lines) expect(width(text)).to.be.at.most(columns);
      }),
    );
  });
});

describe('the commands below a page', () => {
  it('are left out where they have no room, never cut', () => {
    expect(commands(['caducus radar', 'caducus explain k7f2 --json', 'caducus top'], wide(40))).to.deep.equal([
      '',
      'caducus radar      caducus top',
    ]);
    expect(commands(['caducus radar'], wide(12))).to.deep.equal([]);
  });
});

describe('a text cut to columns of its own', () => {
  it('is measured in the characters that will be shown', () => {
    expect(cutTo('\u001b[2J after', 8, plainView)).to.equal('\\x1b[2J…');
    expect(cutTo('日本語', 2, { ...plainView, ascii: true })).to.equal('?~');
  });
});

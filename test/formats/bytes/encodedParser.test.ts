import { expect } from 'chai';
import type { FormatItem, Parser, ParserPosition } from '../../../src/formats/format.ts';
import { EncodedParser } from '../../../src/formats/bytes/encodedParser.ts';
import { lookBytes } from '../../../src/formats/bytes/encoding.ts';
import { bytesOf } from '../parse.ts';

/** What came through as text, and from where the parser within was begun. */
interface Within {
  text: string;
  begun: (ParserPosition | null)[];
}

function encoded(from: ParserPosition | null = null): { parser: EncodedParser; within: Within } {
  const within: Within = { text: '', begun: [] };
  const create = (start: ParserPosition | null): Parser => {
    within.begun.push(start);
    const offset = start?.offset ?? 0;
    let taken = '';
    return {
      push: (chunk): FormatItem[] => {
        taken += new TextDecoder().decode(chunk);
        within.text = taken;
        return [];
      },
      flush: () => [],
      end: () => [],
      position: () => ({ offset: offset + Buffer.byteLength(taken.slice(0, taken.lastIndexOf('\n') + 1)), line: 0, state: 'inner' }),
    };
  };
  return { parser: new EncodedParser(create, from), within };
}

const wide = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

describe('a parser that looks at the first bytes', () => {
  it('begins at once with a first line of plain text, and waits for more where it is none', () => {
    const { parser, within } = encoded();
    parser.push(bytesOf('half a li'));
    expect(within.begun).to.deep.equal([]);
    expect(parser.position()).to.deep.equal({ offset: 0, line: 0, state: null });
    parser.push(bytesOf('ne\n'));
    expect(within.text).to.equal('half a line\n');
    const other = encoded();
    other.parser.push(bytesOf('ü'.repeat(lookBytes / 2 - 1)));
    expect(other.within.begun).to.deep.equal([]);
    other.parser.push(bytesOf('ü'));
    expect(other.within.text).to.have.length(lookBytes / 2);
  });

  it('decides by what there is at the end, and of nothing makes nothing', () => {
    const { parser, within } = encoded();
    parser.push(bytesOf('short'));
    expect([...parser.end(), within.text]).to.deep.equal(['short']);
    const empty = encoded();
    expect([...empty.parser.end(), ...empty.parser.flush(), ...empty.within.begun]).to.deep.equal([]);
  });

  it('stands, in text of two bytes, where the last whole line ended in the stream', () => {
    const { parser } = encoded();
    parser.push(wide('äb\nc\nd'));
    parser.flush();
    expect(parser.position()).to.deep.equal({ offset: 2 + 2 * 5, line: 0, state: { encoding: 'utf-16le', utf8: 6, inner: 'inner' } });
  });

  it('goes on behind an odd place, which lies within a character', () => {
    const state = { encoding: 'utf-16le', utf8: 6, inner: 'inner' };
    const { parser, within } = encoded({ offset: 11, line: 2, state });
    parser.push(new Uint8Array([0, ...Buffer.from('d\n', 'utf16le')]));
    expect(within.begun).to.deep.equal([{ offset: 6, line: 2, state: 'inner' }]);
    expect(within.text).to.equal('d\n');
    expect(parser.position().offset).to.equal(16);
  });

  it('refuses packed bytes once, counts them on, and stays refused after a restart', () => {
    const { parser, within } = encoded();
    const gzip = new Uint8Array(lookBytes).fill(1);
    gzip.set([0x1f, 0x8b]);
    expect(parser.push(gzip)).to.have.length(1);
    expect([...parser.push(gzip), ...parser.end()]).to.deep.equal([]);
    const { offset, state } = parser.position();
    expect(offset).to.equal(2 * lookBytes);
    const later = encoded({ offset, line: 0, state });
    expect([...later.parser.push(bytesOf('plain\n')), ...later.parser.end(), ...later.within.begun, ...within.begun]).to.deep.equal([]);
  });

  it('keeps the position of a stream of UTF-8 as its format gives it', () => {
    const { parser } = encoded({ offset: 40, line: 3, state: { encodings: 'none of ours' } });
    parser.push(bytesOf('a\n'));
    expect(parser.position()).to.deep.equal({ offset: 42, line: 0, state: 'inner' });
  });
});

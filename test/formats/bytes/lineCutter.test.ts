import { expect } from 'chai';
import { LineCutter } from '../../../src/formats/bytes/lineCutter.ts';

/** Lines as they are, lines that are too long as their length; cut into pieces of `size` bytes. */
function cut(text: string, size: number, limitFor?: (start: string) => number): (string | number)[] {
  const found: (string | number)[] = [];
  const cutter = new LineCutter(
    { maxLineBytes: 8, ...(limitFor && { limitFor }) },
    (line) => void found.push(line),
    (_, bytes) => void found.push(bytes),
  );
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) cutter.push(bytes.subarray(at, at + size));
  cutter.end();
  return found;
}

describe('a cutter of lines', () => {
  const text = 'a\r\n123456789\nb\n[23456789\n[2345678901234567\nend';
  for (const size of [1, 3, 7, 100]) {
    it(`counts lines over the limit in pieces of ${size}`, () => expect(cut(text, size)).to.deep.equal(['a', 9, 'b', 9, 17, 'end']));

    it(`gives longer ones that may be longer in pieces of ${size}`, () =>
      expect(cut(text, size, (start) => (start.startsWith('[') ? 12 : 0))).to.deep.equal(['a', 9, 'b', '[23456789', 17, 'end']));

    it(`asks for the limit by what every piece of ${size} has`, () =>
      expect(cut('123456789[', size, (start) => (start.includes('[') ? 12 : 0))).to.deep.equal([10]));
  }
});

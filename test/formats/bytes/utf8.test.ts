import { expect } from 'chai';
import fc from 'fast-check';
import { byteOrderMark, decode, decodeOther, detach, isUtf8 } from '../../../src/formats/bytes/utf8.ts';

const other = (...bytes: number[]): string => decodeOther(Uint8Array.from(bytes), decode(Uint8Array.from(bytes)));

describe('bytes as text', () => {
  it('are what they were made of, and are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = Buffer.from(text);
        expect([decode(bytes), isUtf8(bytes), detach(text)]).to.deep.equal([text, true, text]);
      }),
    );
  });

  it('keep a byte order mark', () => {
    expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 65))).to.equal(`${byteOrderMark}A`);
  });

  it('are not UTF-8 where a sequence is cut or none', () => {
    for (const bytes of [[0xc3], [0xff], [0xe2, 0x82], [0xc0, 0xaf]]) expect(isUtf8(Uint8Array.from(bytes)), String(bytes)).to.equal(false);
  });

  const cases: [name: string, bytes: number[], text: string][] = [
    ['Windows-1252, of which Latin-1 is a part', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], 'Müller'],
    ['its characters at 0x80 to 0x9f', [0x93, 0x41, 0x94, 0x20, 0x80], '“A” €'],
    ['what can be read where one of them is UTF-8', [0xc3, 0xbc, 0xff], 'ü\uFFFD'],
    ['what can be read where a place is empty in Windows-1252', [0x41, 0x81], 'A\uFFFD'],
    ['what can be read where a control stands in it', [0x01, 0xfc], '\u0001\uFFFD'],
  ];
  for (const [name, bytes, text] of cases)
    it(`that are not UTF-8 are read as ${name}`, () => {
      expect(other(...bytes)).to.equal(text);
    });
});

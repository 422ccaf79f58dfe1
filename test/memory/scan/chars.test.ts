import { expect } from 'chai';
import {
  AT,
  BREAK,
  classes,
  COLON,
  DIGIT,
  DOT,
  HEX,
  isWideSpace,
  JOIN,
  LETTER,
  OTHER,
  SLASH,
  SPACE,
  STOP,
  UPPER,
} from '../../../src/memory/scan/chars.ts';

describe('what a character is to the scanner', () => {
  const kinds: [chars: string, bits: number][] = [
    [' \t\n\r\u007f', SPACE | BREAK],
    ['=,;()[]{}<>"\'|', BREAK],
    ['0159', DIGIT],
    ['abcdef', HEX],
    ['ABCDEF', HEX | UPPER],
    ['ghz', LETTER],
    ['GHZ', LETTER | UPPER],
    ['!?', STOP],
    ['.', STOP | DOT],
    [':', STOP | COLON],
    ['/\\', SLASH],
    ['@', AT],
    ['_-', JOIN],
    ['#$%&*+^`~', OTHER],
  ];
  for (const [chars, bits] of kinds)
    it(JSON.stringify(chars), () => {
      for (const char of chars) expect(classes[char.charCodeAt(0)], char).to.equal(bits);
    });

  it('is a letter for every byte beyond ASCII', () => {
    for (const byte of [128, 200, 255]) expect(classes[byte]).to.equal(LETTER);
  });

  it('is a space where it is a wide one', () => {
    for (const char of '\u00a0\u3000\u2003\u2028\ufeff') expect(isWideSpace(char.charCodeAt(0))).to.equal(true);
    for (const char of 'a\u200b日') expect(isWideSpace(char.charCodeAt(0)), char).to.equal(false);
  });
});
